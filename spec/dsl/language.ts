import { campaignForm } from '../constructs/campaigns.ts';
import { channelForm } from '../constructs/channels/channels.ts';
import { customersForm, eventForm, streamStatement } from '../constructs/data.ts';
import { holdoutForm } from '../constructs/holdouts.ts';
import { capForm, quietHoursForm } from '../constructs/policies.ts';
import { projectForm } from '../constructs/project.ts';
import { rfmForm } from '../constructs/rfm.ts';
import { segmentForm } from '../constructs/segments.ts';
import { namedCascadeForm } from '../constructs/steps/cascades.ts';
import { testForm } from '../constructs/tests/form.ts';
import { variablesForm } from '../constructs/variables.ts';
import { type Statement, says } from '../document/forms.ts';

/** The statements of a file, in the order in which it is printed where its author has chosen none. */
export const statements: Statement[] = [
  says('project', projectForm),
  says('variables', variablesForm),
  says('customers', customersForm, { path: ['data', 'customers'] }),
  says('event', eventForm, { path: ['data', 'events'], named: true }),
  streamStatement('consent'),
  streamStatement('feedback'),
  streamStatement('suppressions'),
  says('tolerance', 'name', { path: ['data', 'tolerance'] }),
  says('rfm', rfmForm, { path: ['data', 'rfm'] }),
  says('segment', segmentForm, { path: ['segments'], named: true }),
  says('channel', channelForm, { path: ['channels'], named: true }),
  says('quiet_hours', quietHoursForm, { path: ['policies', 'quiet_hours'] }),
  says('cap', capForm, { path: ['policies', 'caps'], named: true }),
  says('holdout', holdoutForm, { path: ['holdouts'], named: true }),
  says('cascade', namedCascadeForm, { path: ['cascades'], named: true }),
  says('campaign', campaignForm, { path: ['campaigns'], named: true }),
  says('test', testForm, { path: ['tests'], named: true }),
];
