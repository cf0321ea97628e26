import { branchesOf, stepKind } from '../../constructs/steps/index.ts';
import type { Step } from '../../model/campaign.ts';
import { t } from '../../words/t.ts';
import { marketingOf, messagesOf } from '../journey.ts';
import type { Rule } from '../rule.ts';

export const noExitOnPurchase: Rule = {
  name: 'no-exit-on-purchase',
  check({ model, origins }) {
    return marketingOf(model)
      .filter(({ exit, goal, steps }) => exit.length === 0 && !goal && sendsLater(steps, false).some)
      .map(({ name }) => ({
        range: origins[`campaign.${name}`],
        message: t`Nothing that a customer does ends the campaign \`${name}\` early`,
        help: t`Whoever buys while it waits is written to all the same. Add \`exit: { event: … }\`, or a \`goal\`, which ends it too.`,
      }));
  },
};

/** Finds out if there is a message after some waiting, and if the list itself waits. */
function sendsLater(steps: Step[], waited: boolean): { some: boolean; waited: boolean } {
  let late = waited;
  for (const step of steps) {
    const messages = messagesOf(step).length;
    if ((messages > 0 && late) || messages > 1) return { some: true, waited: late };
    // A cascade waits between its messages, not for the next step.
    late ||= messages === 0 && stepKind(step).time !== undefined;
    const inner = branchesOf(step).map((branch) => sendsLater(branch.steps, late));
    if (inner.some(({ some }) => some)) return { some: true, waited: late };
    late ||= inner.some((one) => one.waited);
  }
  return { some: false, waited: late };
}
