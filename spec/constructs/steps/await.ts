import type * as written from '../../document/document.generated.ts';
import { clause } from '../../document/forms.ts';
import type { Loose } from '../../document/loose.ts';
import type { Await, Campaign } from '../../model/campaign.ts';
import { printDuration } from '../../words/durations.ts';
import { duration } from '../../words/many.ts';
import { positiveDuration } from '../../words/readings.ts';
import { t } from '../../words/t.ts';
import { matchAt, whenLines, writtenMatch } from '../event-match.ts';
import type { StepKind } from './step.ts';

export const eventClauses = [clause('event', 'name'), clause('when', 'expression'), clause('within', 'phrase')];

/** `wait: { event: order, within: 3 days }`: until the customer does something, or the time is over. */
export const awaiting: StepKind<Await> = {
  word: 'wait',
  idWord: 'wait',
  is: (step: Loose<written.WaitStep>) => typeof step.wait === 'object' && 'event' in step.wait,
  build(step: Loose<written.WaitStep>, place, walk, id) {
    const wait = step.wait as Loose<written.WaitEvent>;
    const { match } = matchAt(wait, place.at('wait'), walk.context);
    const within = positiveDuration(wait.within ?? '');
    const then = walk.list(step.then ?? [], place.at('then'), `${id}.then.`);
    const otherwise = walk.list(step.else ?? [], place.at('else'), `${id}.else.`);
    return match && within !== undefined ? { kind: 'await', id, ...match, within, then, else: otherwise } : undefined;
  },
  write: ({ within, then, else: otherwise, ...match }, id, list) => ({
    ...id,
    wait: { ...writtenMatch(match), within: printDuration(within) },
    ...(then.length > 0 && { then: list(then, 'then') }),
    ...(otherwise.length > 0 && { else: list(otherwise, 'else') }),
  }),
  picture: (step, campaign) => ({
    shape: 'choice',
    title: t`wait for ${step.event}`,
    details: [...whenLines(step), t`within ${duration(step.within)}`, ...endLines(step, campaign)],
    labels: [t`it came`, t`not within ${duration(step.within)}`],
  }),
  branches: (step) => [
    { name: 'then', steps: step.then },
    { name: 'else', steps: step.else, after: step.within },
  ],
  branchWords: (step, branch) =>
    branch === 'then'
      ? t`the way on from ${step} where it comes`
      : t`the way on from ${step} where it does not come in time`,
  time: (step) => ({ least: 0, most: step.within }),
  match: (step) => step,
};

/** Returns a line where the event may end the journey first. */
function endLines({ event }: Await, { goal, exit }: Campaign): string[] {
  if (exit.some((match) => match.event === event)) return [t`${event} is an exit too, which counts first`];
  return goal?.event === event ? [t`${event} is the goal too, which counts first`] : [];
}
