import type * as written from '../../document/document.generated.ts';
import { clause, form, optional, slot } from '../../document/forms.ts';
import type { Loose } from '../../document/loose.ts';
import type { Wait } from '../../model/campaign.ts';
import { printDuration } from '../../words/durations.ts';
import { duration } from '../../words/many.ts';
import { positiveDuration } from '../../words/readings.ts';
import { t } from '../../words/t.ts';
import { eventClauses } from './await.ts';
import { id, type StepKind, stepForm } from './step.ts';
import { refuseBranches, untilClause } from './until.ts';

const awaited = form('awaited', 'a wait', () => [untilClause, ...eventClauses]);

/** `wait: 2 days`. */
export const wait: StepKind<Wait> = {
  word: 'wait',
  is: (step: Loose<written.WaitStep>) => typeof step.wait !== 'object',
  form: ({ steps, otherwise }) =>
    stepForm('wait', () => [
      { ...slot('wait', 'phrase'), or: awaited },
      id,
      optional('then', steps),
      clause('else', otherwise),
    ]),
  build(step: Loose<written.WaitStep>, place, walk, id) {
    refuseBranches(step, place, walk);
    const ms = positiveDuration(typeof step.wait === 'string' ? step.wait : '');
    return ms === undefined ? undefined : { kind: 'wait', id, ms };
  },
  write: (step, id) => ({ ...id, wait: printDuration(step.ms) }),
  picture: (step) => ({ shape: 'wait', title: t`wait ${duration(step.ms)}` }),
  time: ({ ms }) => ({ least: ms, most: ms }),
};
