import type * as written from '../../document/document.generated.ts';
import type { Loose } from '../../document/loose.ts';
import type { Place } from '../../document/place.ts';
import type { Campaign } from '../../model/campaign.ts';
import { hasTemplates } from '../../model/channel-kinds.ts';
import type { ExitReason, FixedReason } from '../../model/outcomes.ts';
import type { Expectation, ExpectedExit, ExpectedMessage } from '../../model/test.ts';
import { knownHelp, nameHelp, suggestionHelp } from '../../words/names.ts';
import { t } from '../../words/t.ts';
import { checkChannel, unknownName } from '../context.ts';
import { everyStep, sentBy, stepKind } from '../steps/index.ts';
import type { Sent } from '../steps/step.ts';
import { customerAt, namesIn, offsetAt, onlyName, type Scene } from './scene.ts';
import { buildValues } from './values.ts';
import { twice } from './world.ts';

type Written<T> = (Loose<T> | undefined)[];

export function buildExpectation(value: Loose<written.Expectation>, place: Place, scene: Scene): Expectation {
  const { messages, exits, customers } = value;
  return {
    ...(messages && { messages: buildMessages(messages, place.at('messages'), scene) }),
    ...(exits && { exits: buildExits(exits, place.at('exits'), scene) }),
    ...(customers && { customers: buildCustomers(customers, place.at('customers'), scene) }),
  };
}

const own = ['at', 'customer', 'refused', 'contains'];

function buildMessages(list: Written<written.ExpectedMessage>, place: Place, scene: Scene): ExpectedMessage[] {
  return list.flatMap((line, index): ExpectedMessage[] => {
    if (!line) return [];
    const here = place.at(index);
    const at = offsetAt(line.at as string | undefined, here.at('at'), scene);
    const customer = customerAt(line.customer as string | undefined, here.at('customer'), scene);
    const refused = line.refused as string | undefined;
    if (refused !== undefined) checkRefusal(refused, here.at('refused'), scene);
    const contains = ((line.contains ?? []) as (string | undefined)[]).filter((part) => part !== undefined);
    const needs = t`Name one channel and its template.`;
    const key = onlyName(namesIn(line, own), t`An expected message`, needs, here, scene);
    const name = key === undefined ? undefined : (line[key] as string | undefined);
    if (key === undefined || name === undefined) return [];
    return [
      {
        ...(customer !== undefined && { customer }),
        ...whatIsSent(key, name, here, scene),
        ...(at !== undefined && { at }),
        ...(refused !== undefined && { refused }),
        contains,
      },
    ];
  });
}

/** `email: cart/reminder`: a channel and a template; `webhook: crm`: a channel. */
function whatIsSent(key: string, name: string, place: Place, scene: Scene): { channel: string; template?: string } {
  const { context, campaign } = scene;
  const { channels } = context;
  const kind = channels.get(key);
  if (key === 'webhook' && (!channels.has(key) || (kind && !hasTemplates(kind)))) {
    checkChannel(context, name, place.at(key), 'value');
    if (channels.has(name) && campaign && !sentIn(campaign).some((sent) => sent.channel === name && !sent.template)) {
      const message = t`The campaign \`${campaign.name}\` never tells \`${name}\` anything`;
      context.report.error(
        'CRM4043',
        place.at(key).value,
        message,
        t`Name a channel that one of its webhook steps uses.`,
      );
    }
    return { channel: name };
  }
  if (kind && !hasTemplates(kind)) {
    const help = t`Write \`webhook\` in its place, and \`${key}\` in that of the template.`;
    context.report.error('CRM4044', place.at(key).key, t`\`${key}\` is a webhook, which has no template`, help);
  } else if (channels.has(key)) {
    checkSent(key, name, place, scene);
  } else {
    const names = [...channels.keys(), ...own];
    unknownName(context, { code: 'CRM4004', what: 'channel', name: key, names, place: place.at(key), by: 'key' });
  }
  return { channel: key, template: name };
}

function checkSent(channel: string, template: string, place: Place, { context, campaign }: Scene): void {
  if (!campaign) return;
  const sent = sentIn(campaign).flatMap((one) => (one.channel === channel && one.template) || []);
  if (sent.includes(template)) return;
  const name = `\`${campaign.name}\``;
  if (sent.length === 0) {
    const help = nameHelp(channel, new Set(sentIn(campaign).map((one) => one.channel)), 'channels of it');
    context.report.error('CRM4043', place.at(channel).key, t`The campaign ${name} sends nothing by ${channel}`, help);
  } else {
    const message = t`The campaign ${name} never sends \`${template}\` by ${channel}`;
    context.report.error(
      'CRM4043',
      place.at(channel).value,
      message,
      nameHelp(template, new Set(sent), 'templates of it'),
    );
  }
}

function sentIn({ steps }: Campaign): Sent[] {
  return [...everyStep(steps)].flatMap(sentBy);
}

/** The reasons that a test can expect beside caps and hold-outs. */
const refusals: FixedReason[] = [
  ...(['no-consent', 'no-address', 'same-address', 'suppressed', 'quiet-hours', 'exit-event', 'goal'] as const),
  ...(['superseded', 'restarted', 'late', 'late:quiet-hours', 'bounced', 'render-error'] as const),
];

function checkRefusal(reason: string, place: Place, { context, caps, holdouts }: Scene): void {
  const known: string[] = [
    ...refusals,
    ...caps.map((name) => `cap:${name}`),
    ...holdouts.map((name) => `holdout:${name}`),
  ];
  if (known.includes(reason) || context.doubt.about(reason)) return;
  const help = reasonHelp(reason, known);
  context.report.error('CRM4046', place.value, t`No message is refused for the reason \`${reason}\``, help);
}

const leavings: ExitReason[] = ['completed', 'exit-event', 'goal', 'control'];

function buildExits(list: Written<written.ExpectedExit>, place: Place, scene: Scene): ExpectedExit[] {
  return list.flatMap((line, index): ExpectedExit[] => {
    if (!line) return [];
    const here = place.at(index);
    const customer = customerAt(line.customer, here.at('customer'), scene);
    const at = offsetAt(line.at, here.at('at'), scene);
    const { reason } = line;
    if (reason !== undefined) checkLeaving(reason, here.at('reason'), scene);
    if (customer === undefined || reason === undefined) return [];
    return [{ customer, reason, ...(at !== undefined && { at }) }];
  });
}

function checkLeaving(reason: string, place: Place, { context, campaign }: Scene): void {
  if (!campaign) return;
  const restarts = campaign.on.kind === 'event' && campaign.on.restart;
  const known: string[] = [...leavings, ...(restarts ? ['restarted' satisfies ExitReason] : []), ...exitsOf(campaign)];
  if (known.includes(reason)) return;
  const message = t`Nobody leaves the campaign \`${campaign.name}\` for the reason \`${reason}\``;
  context.report.error('CRM4046', place.value, message, reasonHelp(reason, known));
}

/** Returns the reasons that its steps give. */
function exitsOf({ steps }: Campaign): string[] {
  return [...everyStep(steps)].flatMap((step) => stepKind(step).leaves?.(step) ?? []);
}

function reasonHelp(reason: string, known: string[]): string {
  return suggestionHelp(reason, known) ?? knownHelp(known, 'reasons');
}

function buildCustomers(list: Written<written.ExpectedCustomer>, place: Place, scene: Scene) {
  const seen = new Set<string>();
  return list.flatMap((line, index) => {
    const here = place.at(index);
    const { id, ...attributes } = line ?? {};
    const values = attributes as Parameters<typeof buildValues>[0];
    const built = buildValues(values, scene.context.data.customers.attributes, here, scene);
    const known = customerAt(typeof id === 'string' ? id : undefined, here.at('id'), scene);
    if (known === undefined) return [];
    if (seen.has(known)) twice(known, here, scene);
    seen.add(known);
    return [{ id: known, attributes: built }];
  });
}
