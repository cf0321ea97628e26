import { quote } from '../../words/kinds.ts';
import { t } from '../../words/t.ts';
import { conditionsOf } from '../journey.ts';
import type { Rule } from '../rule.ts';
import { truthOf } from '../truth/truth.ts';

export const contradictorySegment: Rule = {
  name: 'contradictory-segment',
  check({ model, contents }) {
    const definitions = conditionsOf(model);
    return contents.segments.flatMap(({ name, place }) => {
      const where = definitions.get(name);
      const { holds, because } = where ? truthOf(where, definitions) : { holds: 'sometimes' };
      if (holds === 'sometimes') return [];
      const range = place.at('where').value;
      if (holds === 'always') {
        const why = because === undefined ? [] : [t`Whatever ${quote(because)} is, it holds.`];
        const help = [t`Its condition cannot fail.`, ...why, t`Correct it, or do without the segment.`].join(' ');
        return { range, message: t`The segment \`${name}\` holds every customer`, help };
      }
      const why = because === undefined ? [] : [t`Nothing that ${quote(because)} could be fulfils all of it.`];
      const help = [t`Its condition contradicts itself.`, ...why].join(' ');
      return { range, message: t`The segment \`${name}\` can never hold anybody`, help };
    });
  },
};
