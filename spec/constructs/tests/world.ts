import type * as written from '../../document/document.generated.ts';
import type { Loose } from '../../document/loose.ts';
import type { Place } from '../../document/place.ts';
import type { Campaign, Split } from '../../model/campaign.ts';
import { reachesCustomers } from '../../model/channel-kinds.ts';
import type { CampaignTest, TestCustomer, TestEvent, TestReaction } from '../../model/test.ts';
import { armsOf } from '../../model/variants.ts';
import { nameHelp } from '../../words/names.ts';
import { t } from '../../words/t.ts';
import { checkChannel, eventAt } from '../context.ts';
import { everyStep } from '../steps/index.ts';
import { checkList } from '../steps/listing.ts';
import { customerAt, namesIn, offsetAt, onlyName, type Scene } from './scene.ts';
import { buildValues } from './values.ts';

type Written<T> = (Loose<T> | undefined)[];

/** Reads the arms that the customers get. */
export function buildArms(arms: Loose<written.TestArms>, place: Place, scene: Scene): CampaignTest['arms'] {
  const entries = Object.entries(arms).flatMap(([id, arm]): [string, string][] => {
    if (arm === undefined) return [];
    if (scene.campaign) checkArm(id, arm, scene.campaign, place.at(id), scene);
    return [[id, arm]];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function checkArm(id: string, arm: string, campaign: Campaign, place: Place, { context }: Scene): void {
  const splits = [...everyStep(campaign.steps)].flatMap((step): Omit<Split, 'kind'>[] => {
    if (step.kind === 'split') return [step];
    return step.kind === 'send' && step.variants ? [{ id: step.id, arms: armsOf(step) }] : [];
  });
  const split = splits.find((one) => one.id === id);
  if (!split) {
    const ids = splits.map((one) => one.id);
    const message = t`The campaign \`${campaign.name}\` has no split \`${id}\``;
    context.report.error('CRM4042', place.key, message, nameHelp(id, ids, 'splits'));
  } else if (!split.arms.some(({ name }) => name === arm)) {
    const names = split.arms.map(({ name }) => name);
    context.report.error(
      'CRM4042',
      place.value,
      t`The split \`${id}\` has no arm \`${arm}\``,
      nameHelp(arm, names, 'arms'),
    );
  } else if (split.sticky === false) {
    const help = t`Remove this, or the split’s \`sticky: false\`.`;
    const message = t`The split \`${id}\` draws customers anew each time, so that their arm cannot be chosen`;
    context.report.error('CRM4042', place.key, message, help);
  }
}

export function buildCustomers(list: Written<written.TestCustomer>, place: Place, scene: Scene): TestCustomer[] {
  const seen = new Set<string>();
  return list.flatMap((customer, index): TestCustomer[] => {
    const at = place.at(index);
    const { id, consent = [], segments = [], ...attributes } = customer ?? {};
    const values = attributes as Parameters<typeof buildValues>[0];
    const built = buildValues(values, scene.context.data.customers.attributes, at, scene);
    const granted = (consent as (string | undefined)[]).flatMap((channel, i) => {
      if (channel !== undefined) addressed(channel, at.at('consent', i), scene);
      return channel ?? [];
    });
    const joined = (segments as (string | undefined)[]).flatMap((segment, i) => {
      const help = t`Give the customer the attributes and the events that meet it.`;
      checkList(scene.context, segment, at.at('segments', i), help);
      return segment ?? [];
    });
    if (typeof id !== 'string') return [];
    if (seen.has(id)) twice(id, at, scene);
    seen.add(id);
    return [{ id, consent: granted, segments: joined, attributes: built }];
  });
}

export function twice(id: string, place: Place, { context }: Scene): void {
  const help = t`Keep one of the two, or give one another id.`;
  context.report.error('CRM4001', place.at('id').value, t`A customer with the id \`${id}\` is there already`, help);
}

/** Reports a channel that does not lead to customers. */
function addressed(channel: string, place: Place, { context }: Scene): void {
  checkChannel(context, channel, place, 'value');
  const kind = context.channels.get(channel);
  if (!kind || reachesCustomers(kind)) return;
  const message = t`\`${channel}\` is a ${kind}: customers do not hear of it`;
  context.report.error('CRM4031', place.value, message, t`Name a channel that reaches customers.`);
}

export function buildEvents(list: Written<written.TestEvent>, place: Place, scene: Scene): TestEvent[] {
  return list.flatMap((line, index): TestEvent[] => {
    if (!line) return [];
    const here = place.at(index);
    const at = offsetAt(line.at as string | undefined, here.at('at'), scene, true);
    const customer = customerAt(line.customer as string | undefined, here.at('customer'), scene);
    const needs = t`Name one kind of event, with its fields where they matter.`;
    const event = onlyName(namesIn(line, ['at', 'customer']), t`An event of a test`, needs, here, scene);
    if (event === undefined) return [];
    const kind = eventNamed(event, here, scene);
    const values = (line[event] ?? {}) as Parameters<typeof buildValues>[0];
    const fields = kind ? buildValues(values, kind.fields, here.at(event), scene, event) : {};
    return at === undefined || customer === undefined ? [] : [{ at, customer, event, fields }];
  });
}

function eventNamed(event: string, place: Place, { context }: Scene) {
  const found = eventAt(context, event, place.at(event), 'key');
  return typeof found === 'object' ? found : undefined;
}

const reactions = ['delivered', 'opened', 'clicked', 'bounced', 'complained', 'unsubscribed'] as const;

export function buildReactions(list: Written<written.TestReaction>, place: Place, scene: Scene): TestReaction[] {
  return list.flatMap((line, index): TestReaction[] => {
    if (!line) return [];
    const here = place.at(index);
    const at = offsetAt(line.at, here.at('at'), scene);
    const customer = customerAt(line.customer, here.at('customer'), scene);
    const needs = t`Name one reaction and its channel.`;
    const name = onlyName(namesIn(line, ['at', 'customer']), t`A reaction of a test`, needs, here, scene);
    const kind = reactions.find((one) => one === name);
    const channel = kind && line[kind];
    if (kind && channel !== undefined) addressed(channel, here.at(kind), scene);
    if (at === undefined || customer === undefined || !kind || channel === undefined) return [];
    return [{ at, customer, channel, kind }];
  });
}
