import { hasTemplates } from '../../spec/model/channel-kinds.ts';
import type { Channel } from '../../spec/model/model.ts';
import type { FixedReason } from '../../spec/model/outcomes.ts';
import { toCustomers } from '../program/facts.ts';
import type { Program } from '../program/program.ts';
import type { Outcome, Outgoing } from './carriers/carrier.ts';
import type { Subject } from './data.ts';
import type { Claimed } from './outbox.ts';
import { type RenderData, RenderError, type Renderer } from './render/renderer.ts';
import { webhookJson } from './webhook.ts';

/** A claimed message with what will go out, or with why nothing can. */
export interface Prepared {
  claimed: Claimed;
  templateHash: string | null;
  ready: { outgoing: Outgoing } | { outcome: Outcome };
}

/** Renders messages of one channel. Pure; a failure to render is an outcome, without any of the data. */
export function prepare(
  program: Program,
  renderer: Renderer,
  channelName: string,
): (claimed: Claimed, subject: Subject | undefined) => Prepared {
  const channel = program.channels.find((c) => c.name === channelName);
  const dataOf = channel && templateData(program, channel);
  const hashes = new Map(program.templates.filter((t) => t.channel === channel?.kind).map((t) => [t.name, t.hash]));
  return (claimed, subject) => {
    const templateHash = hashes.get(claimed.template) ?? null;
    const fail = (reason: FixedReason, detail?: string): Prepared => ({
      claimed,
      templateHash,
      ready: { outcome: detail === undefined ? { status: 'failed', reason } : { status: 'failed', reason, detail } },
    });
    if (!channel || !dataOf || !subject) return fail('render-error', channel ? 'no enrolment' : 'no channel');
    const personal = toCustomers(channel);
    const to = personal ? text(subject.customer, channel.address) : subject.id;
    if (to === null) return fail('no-address');
    const envelope = {
      id: claimed.message,
      channel: channel.name,
      to,
      category: claimed.category,
      campaign: claimed.campaign,
      at: claimed.decided_at,
    };
    if (!hasTemplates(channel.kind)) {
      const outgoing = { ...envelope, text: JSON.stringify(webhookJson(program, claimed, subject)) };
      return { claimed, templateHash, ready: { outgoing } };
    }
    const { locale, data } = dataOf(subject, claimed.message);
    const unsubscribe = data.unsubscribe_url;
    try {
      const rendered = renderer.render(claimed.template, channel.kind, locale, data);
      const outgoing: Outgoing = {
        ...envelope,
        text: rendered.text,
        ...(channel.from === undefined ? {} : { from: channel.from }),
        ...(rendered.subject === undefined ? {} : { subject: rendered.subject }),
        ...(rendered.html === undefined ? {} : { html: rendered.html }),
        ...(unsubscribe === null ? {} : { unsubscribe }),
      };
      return { claimed, templateHash: rendered.templateHash ?? templateHash, ready: { outgoing } };
    } catch (error) {
      return fail('render-error', place(error));
    }
  };
}

/** Returns the function that gives a template's data, and the locale that its reader wants; null: unknown. */
export function templateData(
  program: Program,
  channel: Pick<Channel, 'kind' | 'unsubscribe'>,
): (subject: Pick<Subject, 'customer' | 'event'>, message: string) => { locale: string | null; data: RenderData } {
  const attributes = program.data.customers.attributes;
  const locale = attributes.find((a) => a.type === 'locale')?.name;
  const zone = attributes.find((a) => a.type === 'timezone')?.name;
  const personal = toCustomers(channel);
  return ({ customer, event }, message) => ({
    // The staff reads its own language and clock.
    locale: personal ? text(customer, locale) : null,
    data: {
      customer,
      ...(event ? { event } : {}),
      message: { id: message },
      unsubscribe_url: unsubscribeUrl(channel.unsubscribe, message) ?? null,
      timezone: (personal ? text(customer, zone) : null) ?? program.project.timezone,
    },
  });
}

function text(customer: Record<string, unknown>, attribute: string | undefined): string | null {
  const value = attribute === undefined ? null : customer[attribute];
  return value === null || value === undefined ? null : String(value);
}

/** The channel's one-click address for a message. */
export function unsubscribeUrl(base: string | undefined, message: string): string | undefined {
  if (base === undefined) return undefined;
  return `${base}${base.includes('?') ? '&' : '?'}m=${encodeURIComponent(message)}`;
}

/** The renderer's own errors hold no data; whatever else is thrown might quote some. */
function place(error: unknown): string {
  if (error instanceof RenderError) return error.message;
  return error instanceof Error ? error.name : 'error';
}
