import { createHash } from 'node:crypto';
import { compile } from '../engine/compile/compile.ts';
import { ARRIVAL, SOURCE } from '../engine/data/files/shape.ts';
import { settle } from '../engine/data/intake/settle.ts';
import type { Program } from '../engine/program/program.ts';
import type { Database } from '../engine/store/database.ts';
import { eventInbox } from '../engine/store/tables.ts';
import type { Campaign } from '../spec/model/campaign.ts';
import type { Model } from '../spec/model/model.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** A small shop to test the engine with: two channels, two event kinds, a handful of attributes. */
export function model(part: Partial<Model> = {}): Model {
  return {
    project: {
      name: 'test',
      timezone: 'UTC',
      locale: 'en',
      currency: 'EUR',
      tick: minute,
      refresh: hour,
      store: ':memory:',
      simulation: { seed: 'test', engagement: {} },
    },
    data: {
      customers: {
        sources: [],
        attributes: [
          { name: 'name', type: 'string', pii: false },
          { name: 'email', type: 'email', pii: true },
          { name: 'phone', type: 'phone', pii: true },
          { name: 'city', type: 'string', pii: false },
          { name: 'zone', type: 'timezone', pii: false },
          { name: 'points', type: 'integer', pii: false },
        ],
      },
      events: [
        {
          name: 'cart_updated',
          sources: [],
          fields: [
            { name: 'items_count', type: 'integer', pii: false },
            { name: 'total', type: 'money', pii: false },
          ],
        },
        { name: 'order_paid', sources: [], fields: [{ name: 'total', type: 'money', pii: false }] },
      ],
      consent: [],
      feedback: [],
      suppressions: [],
    },
    variables: {},
    segments: [],
    campaigns: [],
    cascades: [],
    channels: [
      {
        name: 'email',
        kind: 'email',
        address: 'email',
        transport: { kind: 'console' },
        price: 0.1,
      },
      { name: 'sms', kind: 'sms', address: 'phone', transport: { kind: 'console' }, price: 3.5 },
    ],
    policies: { caps: [] },
    holdouts: [],
    tests: [],
    templates: [],
    partials: [],
    ...part,
  };
}

/** Returns a campaign on `cart_updated` that sends one e-mail, but for the parts given. */
export function campaign(part: Partial<Campaign> = {}): Campaign {
  return {
    name: 'cart',
    category: 'marketing',
    priority: 0,
    on: { kind: 'event', event: 'cart_updated' },
    exit: [],
    reenter: { kind: 'never' },
    resumeWithin: 7 * day,
    expires: day,
    steps: [{ kind: 'send', id: 'send-1', channel: 'email', template: 'cart' }],
    ...part,
  };
}

export const program = (part: Partial<Model> = {}): Program => compile(model(part));

export interface Person {
  id: string;
  name?: string;
  email?: string | null;
  phone?: string | null;
  city?: string | null;
  zone?: string | null;
  points?: number | null;
  /** Channels consented to, from the beginning of time. */
  consent?: string[];
}

/** Returns a phone number that no other id has. */
function phoneOf(id: string): string {
  return `+7${String(Number.parseInt(createHash('md5').update(id).digest('hex').slice(0, 12), 16) % 10 ** 10).padStart(10, '0')}`;
}

/** Puts customers into the inboxes, as a source would. */
export async function people(db: Database, list: Person[]): Promise<void> {
  const text = (name: string) => ({ name, type: 'text' as const });
  await db.load(
    'inbox_customer',
    [
      text('id'),
      text('name'),
      text('email'),
      text('phone'),
      text('city'),
      text('zone'),
      { name: 'points', type: 'bigint' },
    ],
    list.map(({ consent: _, ...person }) => ({
      ...person,
      email: person.email === undefined ? `${person.id}@example.com` : person.email,
      phone: person.phone === undefined ? phoneOf(person.id) : person.phone,
    })),
  );
  const given = list.flatMap((p) =>
    (p.consent ?? ['email', 'sms']).map((channel): [string, string, boolean, number] => [p.id, channel, true, 0]),
  );
  await consents(db, given);
}

/** Rows customer, channel, granted, at. */
export async function consents(db: Database, rows: [string, string, boolean, number][]): Promise<void> {
  await loadConsents(db, rows);
  await settle(db, model().data);
}

/** As `consents`, not settled yet. */
export async function loadConsents(db: Database, rows: [string, string, boolean, number][]): Promise<void> {
  await db.load(
    'inbox_consent',
    [
      { name: 'id', type: 'text' },
      { name: 'customer', type: 'text' },
      { name: 'channel', type: 'text' },
      { name: 'granted', type: 'boolean' },
      { name: 'at', type: 'bigint' },
    ],
    rows.map(([customer, channel, granted, at]) => ({
      id: `${customer}/${channel}/${at}/${granted}`,
      customer,
      channel,
      granted,
      at,
    })),
  );
}

export interface Happening {
  /** The row with the highest line counts of those that are about one event. */
  line?: number;
  /** The number of its file. */
  source?: number;
  id?: string;
  customer: string;
  at: number;
  total?: number;
  items_count?: number;
}

type Kind = 'cart_updated' | 'order_paid';

export async function events(db: Database, kind: Kind, list: Happening[]): Promise<void> {
  await loadEvents(db, kind, list);
  await settle(db, model().data);
}

/** As `events`, not settled yet. */
export async function loadEvents(db: Database, kind: Kind, list: Happening[]): Promise<void> {
  const own = kind === 'cart_updated' ? [{ name: 'items_count', type: 'bigint' as const }] : [];
  await db.load(
    eventInbox(kind),
    [
      { name: 'id', type: 'text' },
      { name: 'customer', type: 'text' },
      { name: 'at', type: 'bigint' },
      { name: ARRIVAL, type: 'bigint' },
      { name: SOURCE, type: 'integer' },
      ...own,
      { name: 'total', type: 'decimal' },
    ],
    list.map((e) => ({
      id: e.id ?? `${kind}/${e.customer}/${e.at}`,
      customer: e.customer,
      at: e.at,
      [ARRIVAL]: e.line,
      [SOURCE]: e.source,
      ...(own.length > 0 && { items_count: e.items_count ?? 1 }),
      total: e.total,
    })),
  );
}

/** Feedback rows message, kind, at. */
export async function feedback(db: Database, rows: [string, string, number][]): Promise<void> {
  await db.load(
    'inbox_feedback',
    [
      { name: 'id', type: 'text' },
      { name: 'message', type: 'text' },
      { name: 'kind', type: 'text' },
      { name: 'at', type: 'bigint' },
    ],
    rows.map(([message, kind, at]) => ({ id: `${message}/${kind}`, message, kind, at })),
  );
}
