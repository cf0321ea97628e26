import type * as written from '../../document/document.generated.ts';
import { clause, form, type Names, optional } from '../../document/forms.ts';
import type { Loose } from '../../document/loose.ts';
import type { Place } from '../../document/place.ts';
import type { DrawnVariant } from '../../model/campaign.ts';
import { plain, variantOf } from '../../model/template.ts';
import { allOfThem, shared } from '../../model/variants.ts';
import { percent } from '../../words/printing.ts';
import { readPercent } from '../../words/readings.ts';
import { t } from '../../words/t.ts';
import { checkMessage, noVariant } from './message.ts';
import type { Walk } from './step.ts';

const variantForm = form('drawn_variant', 'a variant of a send', () => [optional('share', 'name')]);
const names: Names = {
  kind: 'names',
  name: 'drawn_variants',
  title: 'the variants of a send',
  of: () => variantForm,
  inline: true,
};

/** `variants { plain 80%, warm 20% }` */
export const variantsClause = clause('variants', names);

/** Reads the variants of a send and checks the texts of each. `place`: of `variants`; `message`: of the template's name. */
export function buildVariants(
  written: Loose<written.DrawnVariants>,
  { channel, template }: { channel: string; template: string },
  place: Place,
  message: Place,
  walk: Walk,
): DrawnVariant[] {
  const { context } = walk;
  const kind = context.channels.get(channel);
  const found = context.templates.find((one) => one.name === template && one.channel === kind);
  if (found && !found.variant) noVariant(found, '', place.key, context);
  const variants = Object.entries(written).map(([name, variant]): DrawnVariant => {
    const share = readPercent(variant?.share ?? '');
    if (found?.variant && !found.variant.among.includes(name)) noVariant(found, name, place.at(name).key, context);
    else if (found?.variant && name !== plain) checkMessage(channel, variantOf(template, name), message, walk);
    return { name, ...(share !== undefined && { share }) };
  });
  checkShares(variants, place, walk);
  return variants;
}

function checkShares(variants: DrawnVariant[], place: Place, { context: { report } }: Walk): void {
  const nothing = shared(variants).find(({ share }) => share <= 0);
  const sum = variants.reduce((all, { share = 0 }) => all + share, 0);
  if (sum > allOfThem || (sum < allOfThem && variants.every(({ share }) => share !== undefined))) {
    const difference = Math.abs(allOfThem - sum) / 100;
    const help = sum < allOfThem ? t`${difference}% is missing.` : t`${difference}% is too much.`;
    report.error('CRM4009', place.key, t`The shares of the variants sum to ${sum / 100}%, not 100%`, help);
  } else if (nothing) {
    const message = t`The variant \`${nothing.name}\` has a share of nothing`;
    report.error('CRM4009', place.at(nothing.name).key, message, t`Give the variant a share, or remove it.`);
  }
}

export function writtenVariants(variants: DrawnVariant[]): written.DrawnVariants {
  return Object.fromEntries(
    variants.map(({ name, share }) => [name, share === undefined ? {} : { share: percent(share) }]),
  );
}
