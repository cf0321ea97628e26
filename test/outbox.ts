import sql from 'sql-template-tag';
import { machineClock } from '../cli/clock.ts';
import type { Clock } from '../engine/clock.ts';
import type { Carrier, Outcome, Outgoing } from '../engine/delivery/carriers/carrier.ts';
import type { DispatchOptions } from '../engine/delivery/dispatch.ts';
import { stillMine } from '../engine/delivery/outbox.ts';
import type { Renderer } from '../engine/delivery/render/renderer.ts';
import type { CompiledCampaign, Program } from '../engine/program/program.ts';
import type { Database, NewRow } from '../engine/store/database.ts';
import { columnsOf, prepareTables } from '../engine/store/tables.ts';
import { createLeases } from '../engine/worker/lease.ts';

/** Noon in Moscow. */
export const noon = Date.UTC(2026, 2, 2, 9);
export const day = 86_400_000;

export function program(overrides: Partial<Program> = {}): Program {
  return {
    format: 3,
    hash: 'p',
    project: {
      name: 'shop',
      timezone: 'Europe/Moscow',
      locale: 'ru',
      currency: 'RUB',
      tick: 60_000,
      refresh: 3_600_000,
      store: ':memory:',
      simulation: { seed: 's', engagement: {} },
    },
    data: {
      customers: {
        sources: [],
        attributes: [
          { name: 'name', type: 'string', pii: true },
          { name: 'email', type: 'email', pii: true },
          { name: 'zone', type: 'timezone', pii: false },
          { name: 'locale', type: 'locale', pii: false },
        ],
      },
      events: [
        {
          name: 'cart',
          sources: [],
          fields: [
            { name: 'total', type: 'money', pii: false },
            { name: 'until', type: 'date', pii: false },
            { name: 'items', type: 'list', pii: false, items: [{ name: 'name', type: 'string', pii: false }] },
          ],
        },
      ],
      consent: [],
      feedback: [],
      suppressions: [],
    },
    variables: {},
    channels: [
      {
        name: 'email',
        kind: 'email',
        address: 'email',
        transport: { kind: 'smtp', url: 'env:SMTP_URL' },
        price: 0.1,
        from: 'Shop <shop@example.com>',
        unsubscribe: 'https://shop.example/unsubscribe',
        hash: 'c',
      },
    ],
    policies: { caps: [], hash: 'y' },
    holdouts: [],
    segments: [],
    lists: [],
    campaigns: [],
    templates: [{ name: 'cart/reminder', channel: 'email', variants: [], hash: 'template-1' }],
    partials: [],
    ...overrides,
  };
}

const definition: Partial<CompiledCampaign> = { name: 'cart', hash: 'v1', trigger: { kind: 'event', event: 'cart' } };

/** Fills tables with `count` customers, each enrolled by an event of its own and waiting in a cascade for its message, due at noon. */
export async function fill(
  db: Database,
  count: number,
  message: Record<string, string | number | null> = {},
): Promise<void> {
  const { data } = program();
  await prepareTables(db, data);
  const ids = Array.from({ length: count }, (_, i) => i + 1);
  const load = (table: string, rows: NewRow[]) => db.load(table, columnsOf(data, table), rows);
  await load('campaign', [
    {
      campaign: 'cart',
      version: 'v1',
      is_current: true,
      category: 'marketing',
      definition: JSON.stringify(definition),
    },
  ]);
  await load('step', [
    { step: 7, campaign: 'cart', version: 'v1', id: 'send-1', kind: 'send', channel: 'email', within: day },
  ]);
  await load(
    'customer',
    ids.map((i) => ({ customer: i, id: `c${i}`, name: `Покупатель ${i}`, email: `buyer${i}@example.com` })),
  );
  await load(
    'subscription',
    ids.map((i) => ({ customer: i, channel: 'email' })),
  );
  await load(
    'event_cart',
    ids.map((i) => ({
      seq: 1000 + i,
      id: `e${i}`,
      customer: i,
      at: noon,
      total: i,
      until: '2026-03-08',
      items: '[{"name":"Чай"}]',
    })),
  );
  await load(
    'enrolment',
    ids.map((i) => ({
      enrolment: 500 + i,
      customer: i,
      campaign: 'cart',
      version: 'v1',
      event_seq: 1000 + i,
      step: 7,
      phase: 1,
      due_at: noon + day,
      status: 'active',
    })),
  );
  await load(
    'message',
    ids.map((i) => ({
      message: id(i),
      enrolment: 500 + i,
      customer: i,
      campaign: 'cart',
      version: 'v1',
      step: 7,
      channel: 'email',
      template: 'cart/reminder',
      category: 'marketing',
      status: 'decided',
      decided_at: noon,
      send_at: noon,
      expires_at: noon + day,
      attempts: 0,
      price: 0.1,
      ...message,
    })),
  );
}

/** Returns the message of the i-th customer, counted from 1. */
export function id(i: number): string {
  return i.toString(16).padStart(32, '0');
}

export const renderer: Renderer = {
  render: (name, kind, locale, data) => ({
    subject: `${kind} ${name} ${locale}`,
    html: `<p>${data.unsubscribe_url}</p>`,
    text: JSON.stringify(data),
    locale,
  }),
};

/** A carrier that keeps the messages and gives the answers it is set to. */
export function carrier(
  answer: (message: Outgoing) => Outcome | Promise<Outcome> = () => ({ status: 'sent', detail: '250' }),
): Carrier & { got: Outgoing[] } {
  const got: Outgoing[] = [];
  return {
    got,
    concurrency: 4,
    send: async (message) => {
      got.push(message);
      return answer(message);
    },
    close: async () => {},
  };
}

export function options(way: Carrier, overrides: Partial<DispatchOptions> = {}): DispatchOptions & Clock {
  const all = {
    ...machineClock,
    program: program(),
    renderer,
    carriers: new Map([['email', way]]),
    now: () => noon,
    worker: 'w1',
    ...overrides,
  };
  return { leases: createLeases({ ...all, clock: (_db, now) => async () => now() }), ...all };
}

/** For messages of a channel `crm`, which carries webhooks. */
export function hookOptions(way: Carrier, overrides: Partial<DispatchOptions> = {}): DispatchOptions {
  const crm = { name: 'crm', kind: 'webhook', transport: { kind: 'http', url: 'env:CRM' }, price: 0 } as const;
  return options(way, {
    program: program({ channels: [{ ...crm, hash: 'h' }] }),
    carriers: new Map([['crm', way]]),
    ...overrides,
  });
}

export interface Stored {
  [column: string]: string | number | null;
  message: string;
  status: string;
  reason: string | null;
}

export function messages(db: Database): Promise<Stored[]> {
  return db.query<Stored>(sql`SELECT * FROM message ORDER BY message`);
}

export async function statuses(db: Database): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { status } of await messages(db)) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** Returns the messages that the worker may still send. */
export async function stillClaimed(db: Database, worker: string, messages: string[]): Promise<Set<string>> {
  const rows = await db.query<{ message: string }>(
    sql`SELECT message FROM message WHERE ${stillMine(worker, messages)}`,
  );
  return new Set(rows.map((row) => row.message));
}
