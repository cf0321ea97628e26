import type * as written from '../../document/document.generated.ts';
import type { Names } from '../../document/forms.ts';
import type { Loose } from '../../document/loose.ts';
import type { Place } from '../../document/place.ts';
import type { Campaign } from '../../model/campaign.ts';
import { nameHelp } from '../../words/names.ts';
import { t } from '../../words/t.ts';
import type { Context } from '../context.ts';
import type { StepIds } from './ids.ts';

export const movedForm: Names = {
  kind: 'names',
  name: 'moved',
  title: 'the moved steps',
  of: () => 'name',
  infix: 'to',
  inline: true,
};

type Moved = NonNullable<Campaign['moved']>;

/** Old ids and the steps that are now called otherwise, by the old ids. */
export function buildMoved(
  moved: Loose<written.Moved> | undefined,
  place: Place,
  ids: StepIds,
  { report }: Context,
): Moved {
  const firsts = new Map<string, string>();
  const list = Object.entries(moved ?? {}).flatMap(([from, to]): Moved => {
    if (to === undefined) return [];
    const at = place.at(from);
    const first = firsts.get(to);
    if (first === undefined && !ids.has(from)) firsts.set(to, from);
    if (ids.has(from)) {
      const help = t`Only an id that no step has any more can have moved: remove this line.`;
      report.error('CRM4034', at.key, t`\`${from}\` is a step of this campaign still`, help);
    } else if (first !== undefined) {
      const help = t`\`${first}\` has become it already: keep one of the two.`;
      report.error('CRM4034', at.value, t`Two steps cannot both have become \`${to}\``, help);
    } else if (!ids.has(to)) {
      report.error(
        'CRM4034',
        at.value,
        t`There is no step \`${to}\` in this campaign`,
        pathHelp(to, ids) ?? nameHelp(to, ids.all(), 'steps'),
      );
    }
    return [{ from, to }];
  });
  return list.sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** A step with an id of its own is called by it, wherever it stands. */
function pathHelp(to: string, ids: StepIds): string | undefined {
  const own = to.slice(to.lastIndexOf('.') + 1);
  return own !== to && ids.has(own) ? t`A step with an id of its own is called by it alone: \`${own}\`.` : undefined;
}
