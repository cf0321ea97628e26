import { quote } from '../../source/kinds.ts';
import { conditionsOf } from '../conditions.ts';
import { everyStep } from '../journey.ts';
import type { Rule } from '../rule.ts';
import { truthOf } from '../truth/truth.ts';

export const unreachableStep: Rule = {
  name: 'unreachable-step',
  check({ model, origins }) {
    const definitions = conditionsOf(model);
    return model.campaigns.flatMap(({ name, steps }) =>
      [...everyStep(steps)].flatMap((step) => {
        if (step.kind !== 'if') return [];
        const { holds, because } = truthOf(step.condition, definitions);
        const dead = holds === 'never' ? 'then' : 'else';
        if (holds === 'sometimes' || step[dead].length === 0) return [];
        const reason = because === undefined ? '' : ` because of what it says about ${quote(because)}`;
        return [
          {
            range: origins[`campaign.${name}.${step.id}`],
            message: `The condition ${holds} holds, so that nobody ever comes to the steps under \`${dead}\``,
            help: `It ${holds} holds${reason}. Correct the condition, or remove those steps.`,
          },
        ];
      }),
    );
  },
};
