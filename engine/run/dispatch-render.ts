import type { ChannelKind } from '../../spec/model/model.ts';
import type { Outcome, Outgoing } from '../channels/carrier.ts';
import type { Program } from '../compile/program.ts';
import type { Subject } from './dispatch-data.ts';
import type { Candidate } from './dispatch-gates.ts';
import type { Claimed } from './outbox.ts';

/** What dispatch needs of a renderer. */
export interface MessageRenderer {
  render(name: string, kind: ChannelKind, locale: string | null, data: MessageData): RenderedMessage;
}

export interface MessageData {
  customer: Record<string, unknown>;
  event?: Record<string, unknown>;
  message: { id: string };
  unsubscribe_url: string | null;
  /** IANA. */
  timezone: string;
}

export interface RenderedMessage {
  subject?: string;
  html?: string;
  text: string;
  templateHash?: string;
}

/** A claimed message with what will go out, or with why nothing can. */
export interface Prepared {
  claimed: Claimed;
  candidate: Candidate;
  templateHash: string | null;
  ready: { outgoing: Outgoing } | { outcome: Outcome };
}

/** Renders messages of one channel. Pure; a failure to render is an outcome, without any of the data. */
export function prepare(
  program: Program,
  renderer: MessageRenderer,
  channelName: string,
): (claimed: Claimed, subject: Subject | undefined) => Prepared {
  const channel = program.channels.find((c) => c.name === channelName);
  const attributes = program.data.customers.attributes;
  const locale = attributes.find((a) => a.type === 'locale')?.name;
  const zone = attributes.find((a) => a.type === 'timezone')?.name;
  const hashes = new Map(program.templates.filter((t) => t.channel === channel?.kind).map((t) => [t.name, t.hash]));
  const text = (subject: Subject, attribute: string | undefined): string | null => {
    const value = attribute === undefined ? null : subject.customer[attribute];
    return value === null || value === undefined ? null : String(value);
  };
  return (claimed, subject) => {
    const templateHash = hashes.get(claimed.template) ?? null;
    const candidate = subject?.candidate ?? { category: claimed.category };
    const fail = (reason: string, detail?: string): Prepared => ({
      claimed,
      candidate,
      templateHash,
      ready: { outcome: detail === undefined ? { status: 'failed', reason } : { status: 'failed', reason, detail } },
    });
    if (!channel || !subject) return fail('render-error', channel ? 'no enrolment' : 'no channel');
    const to = text(subject, channel.address);
    if (to === null) return fail('no-address');
    const unsubscribe = unsubscribeUrl(channel.unsubscribe, claimed.message);
    const message = { id: claimed.message };
    const timezone = text(subject, zone) ?? program.project.timezone;
    try {
      const { customer, event } = subject;
      const data = { customer, ...(event ? { event } : {}), message, unsubscribe_url: unsubscribe ?? null, timezone };
      const rendered = renderer.render(claimed.template, channel.kind, text(subject, locale), data);
      const outgoing: Outgoing = {
        id: claimed.message,
        channel: channel.name,
        to,
        text: rendered.text,
        category: claimed.category,
        campaign: claimed.campaign,
        at: claimed.decided_at,
        ...(channel.from === undefined ? {} : { from: channel.from }),
        ...(rendered.subject === undefined ? {} : { subject: rendered.subject }),
        ...(rendered.html === undefined ? {} : { html: rendered.html }),
        ...(unsubscribe === undefined ? {} : { unsubscribe }),
      };
      return { claimed, candidate, templateHash: rendered.templateHash ?? templateHash, ready: { outgoing } };
    } catch (error) {
      return fail('render-error', place(error));
    }
  };
}

/** The channel's one-click address for a message. */
export function unsubscribeUrl(base: string | undefined, message: string): string | undefined {
  if (base === undefined) return undefined;
  return `${base}${base.includes('?') ? '&' : '?'}m=${encodeURIComponent(message)}`;
}

/** Where it happened, not what was said: an error's message may quote the data. */
function place(error: unknown): string {
  if (!(error instanceof Error)) return 'error';
  return 'lineNumber' in error ? `${error.name} in line ${Number(error.lineNumber)}` : error.name;
}
