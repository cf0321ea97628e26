import { everyStep } from '../../constructs/steps/index.ts';
import type { Expression } from '../../model/expression.ts';
import { quote } from '../../words/kinds.ts';
import { t } from '../../words/t.ts';
import { conditionsOf } from '../journey.ts';
import type { Finding, Rule, Subject } from '../rule.ts';
import { type Truth, truthOf } from '../truth/truth.ts';

export const unreachableStep: Rule = {
  name: 'unreachable-step',
  check(subject) {
    return [...deadCampaigns(subject), ...deadBranches(subject)];
  },
};

function deadBranches({ model, origins }: Subject): Finding[] {
  const definitions = conditionsOf(model);
  return model.campaigns.flatMap(({ name, steps }) =>
    [...everyStep(steps)].flatMap((step) => {
      if (step.kind !== 'if') return [];
      const truth = truthOf(step.condition, definitions);
      const dead = truth.holds === 'never' ? 'then' : 'else';
      if (truth.holds === 'sometimes' || step[dead].length === 0) return [];
      return [
        {
          range: origins[`campaign.${name}.${step.id}`],
          message:
            truth.holds === 'never'
              ? t`The condition never holds, so that nobody ever comes to the steps under \`${dead}\``
              : t`The condition always holds, so that nobody ever comes to the steps under \`${dead}\``,
          help: `${reason(truth)} ${t`Correct the condition, or remove those steps.`}`,
        },
      ];
    }),
  );
}

/** Campaigns that nobody can enter. */
function deadCampaigns({ model, contents }: Subject): Finding[] {
  const definitions = conditionsOf(model);
  const places = new Map(contents.campaigns.map(({ name, place }) => [name, place]));
  return model.campaigns.flatMap(({ name, audience, on }) => {
    const asked: [string[], Expression | undefined][] = [
      [['on', 'when'], 'when' in on ? on.when : undefined],
      [['audience'], audience],
    ];
    return asked.flatMap(([path, condition]) => {
      const truth: Truth = condition ? truthOf(condition, definitions) : { holds: 'sometimes' };
      if (truth.holds !== 'never') return [];
      return [
        {
          range: places.get(name)?.at(...path).value,
          message: t`The condition never holds, so that nobody ever enters the campaign \`${name}\``,
          help: `${reason(truth)} ${t`Correct it.`}`,
        },
      ];
    });
  });
}

function reason({ holds, because }: Truth): string {
  if (because === undefined) return holds === 'never' ? t`It never holds.` : t`It always holds.`;
  return holds === 'never'
    ? t`It never holds because of what it says about ${quote(because)}.`
    : t`It always holds because of what it says about ${quote(because)}.`;
}
