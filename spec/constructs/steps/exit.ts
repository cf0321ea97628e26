import type * as written from '../../document/document.generated.ts';
import { optional } from '../../document/forms.ts';
import type { Loose } from '../../document/loose.ts';
import type { Exit } from '../../model/campaign.ts';
import { t } from '../../words/t.ts';
import { id, type StepKind, stepForm } from './step.ts';

/** `exit: bought`. */
export const exit: StepKind<Exit> = {
  word: 'exit',
  form: () => stepForm('exit', () => [optional('exit', 'name'), id]),
  build: (step: Loose<written.ExitStep>, _place, _walk, id) => ({ kind: 'exit', id, reason: step.exit || 'exit' }),
  write: (step, id) => ({ ...id, exit: step.reason === 'exit' ? null : step.reason }),
  picture: (step) => ({ shape: 'end', title: t`leaves: ${step.reason}` }),
  leaves: (step) => step.reason,
};
