import { campaignForm } from '../constructs/campaigns.ts';
import { channelForm } from '../constructs/channels/channels.ts';
import { customersForm, eventForm, streamStatement } from '../constructs/data.ts';
import { approvalsForm, guardsForm } from '../constructs/guards.ts';
import { holdoutForm } from '../constructs/holdouts.ts';
import { capForm, quietHoursForm } from '../constructs/policies.ts';
import { projectForm } from '../constructs/project.ts';
import { rfmForm } from '../constructs/rfm.ts';
import { segmentForm } from '../constructs/segments.ts';
import { namedCascadeForm } from '../constructs/steps/cascades.ts';
import { testForm } from '../constructs/tests/form.ts';
import { variablesForm } from '../constructs/variables.ts';
import { type Statement, statement } from '../document/forms.ts';

/** The statements of a file, in the order in which it is printed where its author has chosen none. */
export const statements: Statement[] = [
  statement('project', projectForm),
  statement('variables', variablesForm),
  statement('customers', customersForm, { path: ['data', 'customers'] }),
  statement('event', eventForm, { path: ['data', 'events'], named: true }),
  streamStatement('consent'),
  streamStatement('feedback'),
  streamStatement('suppressions'),
  statement('tolerance', 'name', { path: ['data', 'tolerance'] }),
  statement('rfm', rfmForm, { path: ['data', 'rfm'] }),
  statement('segment', segmentForm, { path: ['segments'], named: true }),
  statement('channel', channelForm, { path: ['channels'], named: true }),
  statement('quiet_hours', quietHoursForm, { path: ['policies', 'quiet_hours'] }),
  statement('cap', capForm, { path: ['policies', 'caps'], named: true }),
  statement('guards', guardsForm, { path: ['policies', 'guards'] }),
  statement('approvals', approvalsForm, { path: ['policies', 'approvals'] }),
  statement('holdout', holdoutForm, { path: ['holdouts'], named: true }),
  statement('cascade', namedCascadeForm, { path: ['cascades'], named: true }),
  statement('campaign', campaignForm, { path: ['campaigns'], named: true }),
  statement('test', testForm, { path: ['tests'], named: true }),
];
