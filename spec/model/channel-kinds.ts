import { later } from '../words/t.ts';
import type { FieldType } from './data.ts';

/** The step that uses a channel: `send` a message to a customer, notify another system by `webhook`, give the staff a `task`. */
export type Carried = 'message' | 'webhook' | 'task';

interface Traits {
  carries: Carried;
  /** The attribute that holds a customer's address: the types that it may have, the first of them in help; and the default. */
  address?: { types: readonly FieldType[]; default: { type: 'email' | 'phone' } | { name: string } };
  /** The keys in the front matter of a template. */
  front: readonly string[];
  /** The key of the front matter that becomes the message's subject, and the report where it is missing. */
  subject?: { key: string; missing: string };
  /** The body of a template is HTML; the text is made from it. */
  html?: true;
  /** `from` must be `Name <address>` or an address; elsewhere any name does. */
  senderAddress?: true;
  /** True if a message can make a sound where the customer is, so that quiet hours matter. */
  loud?: true;
  /** No-break spaces are not in the alphabet of the network, and would halve the length of a message. */
  plainSpaces?: true;
}

const anyAddress: readonly FieldType[] = ['string', 'phone', 'email'];

const table = {
  email: {
    carries: 'message',
    address: { types: ['email'], default: { type: 'email' } },
    front: ['subject', 'preheader'],
    subject: { key: 'subject', missing: later`The e-mail has no subject` },
    html: true,
    senderAddress: true,
  },
  sms: {
    carries: 'message',
    address: { types: ['phone'], default: { type: 'phone' } },
    front: [],
    loud: true,
    plainSpaces: true,
  },
  push: {
    carries: 'message',
    address: { types: anyAddress, default: { name: 'push_token' } },
    front: ['title'],
    subject: { key: 'title', missing: later`The push has no title` },
    loud: true,
  },
  messenger: { carries: 'message', address: { types: anyAddress, default: { type: 'phone' } }, front: [], loud: true },
  webhook: { carries: 'webhook', front: [] },
  task: {
    carries: 'task',
    front: ['subject'],
    subject: { key: 'subject', missing: later`The task has no subject` },
  },
} as const satisfies Record<string, Traits>;

export type ChannelKind = keyof typeof table;

/** The traits of the kinds of channels. How a message of a kind is written is in engine/delivery/carriers/formats.ts. */
export const traitsOf: Readonly<Record<ChannelKind, Traits>> = table;

export const channelKinds = Object.keys(table) as ChannelKind[];

/** Messages go to customers: they need consent and an address, and obey quiet hours. */
export function reachesCustomers(kind: ChannelKind): boolean {
  return traitsOf[kind].carries === 'message';
}

/** The payload of a webhook is the fields that its step lists; everything else is written by a template. */
export function hasTemplates(kind: ChannelKind): boolean {
  return traitsOf[kind].carries !== 'webhook';
}
