import type * as written from '../../document/document.generated.ts';
import { entry, form, nameList, slot } from '../../document/forms.ts';
import type { Loose } from '../../document/loose.ts';
import type { Place } from '../../document/place.ts';
import type { Webhook } from '../../model/campaign.ts';
import { nameHelp } from '../../words/names.ts';
import { t } from '../../words/t.ts';
import { attributeAt, checkChannel } from '../context.ts';
import { checkCarried } from './message.ts';
import { id, type StepKind, stepForm, type Walk } from './step.ts';

const notification = form('notification', 'a call of a webhook', () => [entry(nameList('told', 'a list of fields'))]);

const prefix = 'event.';

/** `webhook: { crm: [tier, event.total] }`: a channel, and the attributes and fields of the event that it gets. */
export const webhook: StepKind<Webhook> = {
  word: 'webhook',
  form: () => stepForm('webhook', () => [slot('webhook', notification), id]),
  build(step: Loose<written.WebhookStep>, place, walk, id) {
    const [channel, fields] = Object.entries(step.webhook ?? {})[0] ?? [];
    if (channel === undefined) return undefined;
    const at = place.at('webhook', channel);
    checkChannel(walk.context, channel, at, 'key');
    checkCarried(channel, 'webhook', at.key, walk.context);
    fields?.forEach((field, index) => {
      if (field?.startsWith(prefix)) checkField(field.slice(prefix.length), at.at(index), walk);
      else attributeAt(walk.context, field, at.at(index), () => true);
    });
    return fields && { kind: 'webhook', id, channel, fields: fields.filter((field) => field !== undefined) };
  },
  write: (step, id) => ({ ...id, webhook: { [step.channel]: step.fields } }),
  picture({ channel, fields }) {
    return { shape: 'notice', title: t`webhook ${channel}`, details: fields.length > 0 ? [fields.join(', ')] : [] };
  },
  carries: 'webhook',
  sends: ({ id, channel }) => [{ id, channel }],
};

function checkField(name: string, place: Place, { context, event }: Walk): void {
  if (event === 'unknown' || context.doubt.aboutData() || context.doubt.about(name)) return;
  if (event === 'none') {
    const help = t`Only a campaign that an event starts has one. Name attributes of the customer.`;
    context.report.error('CRM4036', place.value, t`There is no event here that \`event\` could stand for`, help);
    return;
  }
  const names = event.fields.map((field) => field.name);
  if (names.includes(name)) return;
  const help = nameHelp(name, names, 'fields');
  context.report.error('CRM4036', place.value, t`The event \`${event.name}\` has no field \`${name}\``, help);
}
