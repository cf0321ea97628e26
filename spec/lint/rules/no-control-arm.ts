import { branchesOf, everyStep } from '../../constructs/steps/index.ts';
import { t } from '../../words/t.ts';
import { marketingOf } from '../journey.ts';
import type { Rule } from '../rule.ts';

export const noControlArm: Rule = {
  name: 'no-control-arm',
  check({ model, origins }) {
    const held = (name: string) => model.holdouts.some(({ campaigns }) => campaigns?.includes(name) ?? true);
    return marketingOf(model)
      .filter(({ name, steps }) => {
        const measured = everyStep(steps).some((step) => branchesOf(step).some(({ control }) => control));
        return !measured && !held(name);
      })
      .map(({ name }) => ({
        range: origins[`campaign.${name}`],
        message: t`Everybody in the campaign \`${name}\` is written to, so that nobody knows what it brings`,
        help: t`Split off an arm that gets nothing (\`control: { share: 10% }\`), or keep a hold-out for the whole project.`,
      }));
  },
};
