import type * as written from '../../document/document.generated.ts';
import type { Loose } from '../../document/loose.ts';
import { t } from '../../words/t.ts';
import { type TriggerKind, type TriggerOf, triggerForm } from './trigger.ts';

export const manual: TriggerKind<TriggerOf<'manual'>, { by: 'manual' }> = {
  form: triggerForm('launch', 'name'),
  build: (on: Loose<written.OnLaunch>) => ({ trigger: on.launch && { kind: 'manual' }, event: 'none' }),
  write: () => ({ launch: 'manual' }),
  lines: () => [t`on crm launch`],
  entry: () => ({ by: 'manual' }),
  cause: () => t`launched by hand`,
  mayEnter: (customers) => t`${customers} may enter when it is launched`,
  idle: () => t`it waits for \`crm launch\``,
};
