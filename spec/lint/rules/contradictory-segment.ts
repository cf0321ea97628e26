import { quote } from '../../source/kinds.ts';
import { conditionsOf } from '../conditions.ts';
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
        const help = because === undefined ? '' : ` Whatever ${quote(because)} is, it holds.`;
        return {
          range,
          message: `The segment \`${name}\` holds every customer`,
          help: `Its condition cannot fail.${help} Correct it, or do without the segment.`,
        };
      }
      const help = because === undefined ? '' : ` Nothing that ${quote(because)} could be fulfils all of it.`;
      return {
        range,
        message: `The segment \`${name}\` can never hold anybody`,
        help: `Its condition contradicts itself.${help}`,
      };
    });
  },
};
