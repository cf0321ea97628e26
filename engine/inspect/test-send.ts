import { randomUUID } from 'node:crypto';
import { hasTemplates } from '../../spec/model/channel-kinds.ts';
import type { Channel } from '../../spec/model/model.ts';
import { transports } from '../../spec/model/transports.ts';
import { createRenderer } from '../delivery/render/renderer.ts';
import { type Prepared, prepare } from '../delivery/render.ts';
import { sendsOf, toCustomers } from '../program/facts.ts';
import { type CompiledCampaign, type Program, triggerEvent } from '../program/program.ts';
import { shownKinds } from './preview.ts';
import type { Subject, Use } from './subject.ts';

/** A message that can be sent as a test. */
export interface TestSend {
  channel: Channel;
  template: string;
  /** The place at which a campaign sends it; absent where none does. */
  use?: Use;
  /** The kind of event that its template sees. */
  event?: string;
}

/** Returns a template's messages: one of each kind of channel. `word`: only of this channel, or kind. */
export function sendsOfTemplate(program: Program, template: string, word?: string): TestSend[] {
  return shownKinds(program, template, word).flatMap(({ channel: shown, use, event }) => {
    const channel = program.channels.find((one) => one === shown);
    return channel ? [{ channel, template, ...(use && { use }), ...(event !== undefined && { event }) }] : [];
  });
}

/** Returns a campaign's messages in the order of its file, each once. `word`: only of this channel, or kind. */
export function sendsOfCampaign(program: Program, campaign: CompiledCampaign, word?: string): TestSend[] {
  const event = triggerEvent(campaign.trigger);
  const sends = sendsOf(campaign).flatMap((step): TestSend[] => {
    const channel = program.channels.find(({ name }) => name === step.channel);
    if (!channel || (word !== undefined && word !== channel.name && word !== channel.kind)) return [];
    const seen = event === undefined ? {} : { event };
    const use = { campaign: campaign.name, step: step.id, channel: channel.name, ...seen };
    return [{ channel, template: step.template, use, ...seen }];
  });
  return [...new Map(sends.map((send) => [`${send.channel.name} ${send.template}`, send])).values()];
}

/** Returns true if the channel's messages leave this machine. */
export function reallySends({ transport }: Channel): boolean {
  return transports[transport.kind].leaves;
}

const MARK = '[test]';

/**
 * Makes the message as production does, marked, under an id that no message has. `id`: the customer's in the shop. `to`: the address. `locale`: in
 * the place of the customer's. `now`: epoch milliseconds.
 */
export function testMessage(
  program: Program,
  { channel, template, use }: TestSend,
  { customer, event }: Subject,
  { id, to, locale, now }: { id: string; to: string | undefined; locale: string | undefined; now: number },
): Prepared {
  const campaign = program.campaigns.find(({ name }) => name === use?.campaign);
  const own = createRenderer(program.templates, program.partials, program.project, program.variables);
  const renderer: typeof own = {
    render: (name, kind, wanted, data) => own.render(name, kind, locale ?? wanted, data),
  };
  const category = campaign?.category ?? 'marketing';
  const claimed = {
    message: `test-${randomUUID()}`,
    customer: 0,
    enrolment: 0,
    step: 0,
    campaign: use?.campaign ?? 'test',
    version: '',
    template,
    category,
    decided_at: now,
    expires_at: now,
    attempts: 0,
  };
  const addressed =
    toCustomers(channel) && channel.address !== undefined && to !== undefined ? { [channel.address]: to } : {};
  const prepared = prepare(
    program,
    renderer,
    channel.name,
  )(claimed, {
    id,
    occurrence: 'test',
    step: use?.step ?? 'test',
    customer: { ...customer, ...addressed },
    ...(event && use?.event !== undefined && { kind: use.event }),
    ...(event && { event }),
    candidate: { category },
  });
  return 'outgoing' in prepared.ready
    ? { ...prepared, ready: { outgoing: marked(prepared.ready.outgoing, channel) } }
    : prepared;
}

type Outgoing = Extract<Prepared['ready'], { outgoing: unknown }>['outgoing'];

function marked(outgoing: Outgoing, { kind }: Channel): Outgoing {
  if (!hasTemplates(kind))
    return { ...outgoing, text: JSON.stringify({ test: true, ...(JSON.parse(outgoing.text) as object) }) };
  return { ...outgoing, subject: `${MARK} ${outgoing.subject ?? ''}`.trim() };
}
