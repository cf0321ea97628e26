import type * as written from '../../document/document.generated.ts';
import type { Loose } from '../../document/loose.ts';
import type { Place } from '../../document/place.ts';
import type { Campaign } from '../../model/campaign.ts';
import type { CampaignTest, Expectation, ExpectedMessage } from '../../model/test.ts';
import { printDuration } from '../../words/durations.ts';
import { offset } from '../../words/printing.ts';
import { positiveDuration, readInstant } from '../../words/readings.ts';
import { t } from '../../words/t.ts';
import type { Contents, Entry } from '../contents.ts';
import { type Context, unknownName } from '../context.ts';
import { buildExpectation } from './expectation.ts';
import { offsetAt, type Scene } from './scene.ts';
import { buildArms, buildCustomers, buildEvents, buildReactions } from './world.ts';

/** Campaigns' tests. */
export function buildTests(contents: Contents, campaigns: Campaign[], context: Context): CampaignTest[] {
  const caps = contents.caps.map(({ name }) => name);
  const holdouts = contents.holdouts.map(({ name }) => name);
  return contents.tests.flatMap((entry) => {
    const { value } = entry;
    if (!value) return [];
    const campaign = rightCampaign(value.campaign, campaigns, contents, context);
    if (value.campaign !== undefined && !context.campaigns.includes(value.campaign)) {
      const place = entry.place.at('campaign');
      const names = context.campaigns;
      const also = t`If the campaign was removed, remove its tests too.`;
      unknownName(context, { code: 'CRM4017', what: 'campaign', name: value.campaign, names, place, also });
    }
    const scene: Scene = { context, caps, holdouts, ...(campaign && { campaign }), ...frame(value) };
    return buildTest(entry, value, scene) ?? [];
  });
}

/** A campaign without errors: what another one does is unknown. */
function rightCampaign(
  name: string | undefined,
  campaigns: Campaign[],
  contents: Contents,
  { report }: Context,
): Campaign | undefined {
  const place = contents.campaigns.find((entry) => entry.name === name)?.place;
  const wrong = report.diagnostics.some(
    ({ severity, range }) => severity === 'error' && range !== undefined && place?.covers(range),
  );
  return wrong ? undefined : campaigns.find((campaign) => campaign.name === name);
}

/** The beginning of the test, and its customers. */
function frame({ start, lasts, customers }: Loose<written.Test>): Pick<Scene, 'start' | 'lasts' | 'customers'> {
  const begins = start === undefined ? undefined : readInstant(start);
  const length = lasts === undefined ? undefined : positiveDuration(lasts);
  const ids = customers?.map((customer) => customer?.id);
  return {
    ...(begins !== undefined && { start: begins }),
    ...(length !== undefined && { lasts: length }),
    ...(ids?.every((id) => typeof id === 'string') && { customers: new Set(ids) }),
  };
}

function buildTest({ name, place }: Entry<written.Test>, value: Loose<written.Test>, scene: Scene) {
  const { title, campaign } = value;
  const rest: Omit<CampaignTest, 'name' | 'title' | 'campaign' | 'start'> = {
    ...(scene.lasts !== undefined && { lasts: scene.lasts }),
    arms: buildArms(value.arms ?? {}, place.at('arms'), scene),
    customers: buildCustomers(value.customers ?? [], place.at('customers'), scene),
    events: buildEvents(value.events ?? [], place.at('events'), scene),
    reactions: buildReactions(value.reactions ?? [], place.at('reactions'), scene),
    launches: buildLaunches(value.launches ?? [], place.at('launches'), scene),
    expect: buildExpectation(value.expect ?? {}, place.at('expect'), scene),
  };
  if (campaign === undefined || scene.start === undefined) return undefined;
  return { name, ...(title !== undefined && { title }), campaign, start: scene.start, ...rest };
}

function buildLaunches(list: (string | undefined)[], place: Place, scene: Scene): number[] {
  const { campaign, context } = scene;
  if (list.length > 0 && campaign && campaign.on.kind !== 'manual') {
    const help = t`Remove it; the campaign begins by itself, or write \`on: { launch: manual }\` there.`;
    const message = t`The campaign \`${campaign.name}\` is not launched by hand`;
    context.report.error('CRM4013', place.key, message, help);
  }
  return list.flatMap((text, index) => offsetAt(text, place.at(index), scene) ?? []);
}

/** A test as written. */
export function writtenTest(test: CampaignTest): written.Test {
  const { title, campaign, start, lasts, arms, customers, events, reactions, launches, expect } = test;
  return {
    ...(title !== undefined && { title }),
    campaign,
    start: new Date(start).toISOString(),
    ...(lasts !== undefined && { lasts: printDuration(lasts) }),
    ...(Object.keys(arms).length > 0 && { arms }),
    customers: customers.map(({ id, consent, segments, attributes }) => ({
      id,
      ...(consent.length > 0 && { consent }),
      ...(segments.length > 0 && { segments }),
      ...attributes,
    })),
    ...(events.length > 0 && {
      events: events.map(({ at, customer, event, fields }) => ({ at: offset(at), customer, [event]: fields })),
    }),
    ...(reactions.length > 0 && {
      reactions: reactions.map(({ at, customer, channel, kind }) => ({ at: offset(at), customer, [kind]: channel })),
    }),
    ...(launches.length > 0 && { launches: launches.map(offset) }),
    expect: writtenExpectation(expect),
  };
}

function writtenExpectation({ messages, exits, customers }: Expectation): written.Expectation {
  return {
    ...(messages && { messages: messages.map(writtenMessage) }),
    ...(exits && {
      exits: exits.map(({ customer, reason, at }) => ({
        customer,
        reason,
        ...(at !== undefined && { at: offset(at) }),
      })),
    }),
    ...(customers && { customers: customers.map(({ id, attributes }) => ({ id, ...attributes })) }),
  };
}

function writtenMessage({
  channel,
  template,
  customer,
  at,
  refused,
  contains,
}: ExpectedMessage): written.ExpectedMessage {
  return {
    ...(at !== undefined && { at: offset(at) }),
    ...(customer !== undefined && { customer }),
    // A webhook has no template, and is named by its channel.
    ...(template === undefined ? { webhook: channel } : { [channel]: template }),
    ...(refused !== undefined && { refused }),
    ...(contains.length > 0 && { contains }),
  };
}
