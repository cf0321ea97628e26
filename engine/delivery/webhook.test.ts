import sql from 'sql-template-tag';
import { afterEach, expect, it } from 'vitest';
import type { Step } from '../../spec/model/campaign.ts';
import type { Channel, Model } from '../../spec/model/model.ts';
import { blocksOf } from '../../test/docs/pages.ts';
import { drive, tz } from '../../test/drive.ts';
import { type Hook, openHook, type Received } from '../../test/hook.ts';
import { carrier, options } from '../../test/outbox.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, events, hour, minute, model, people } from '../../test/world.ts';
import { compile } from '../compile/compile.ts';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { runTick } from '../tick/run-tick.ts';
import { closeCarriers, openCarrier, openCarriers } from './carriers/open.ts';
import { dispatch } from './dispatch.ts';
import { createRenderer } from './render/renderer.ts';

const start = Date.UTC(2026, 2, 2, 10);
const hooks: Hook[] = [];
afterEach(async () => {
  for (const hook of hooks.splice(0)) await hook.close();
});

async function hooked(...script: Parameters<typeof openHook>): Promise<Hook> {
  const hook = await openHook(...script);
  hooks.push(hook);
  return hook;
}

const steps: Step[] = [
  {
    kind: 'webhook',
    id: 'tell',
    channel: 'crm',
    fields: ['city', 'points', 'event.total', 'event.at_door', 'event.bag'],
  },
  { kind: 'task', id: 'call', channel: 'staff', template: 'churn/call' },
];

const { data, project, channels } = model();

function program(part: Partial<Model> = {}): Program {
  const own = (name: string, kind: Channel['kind']): Channel => ({
    ...{ name, kind, price: 0 },
    transport: { kind: 'http', url: `env:${name}` },
  });
  return compile(
    model({
      project: { ...project, timezone: 'Europe/Moscow' },
      data: {
        ...data,
        customers: {
          ...data.customers,
          attributes: [...data.customers.attributes, { name: 'language', type: 'locale', pii: false }],
        },
        events: data.events.map((kind) => ({
          ...kind,
          fields: [
            ...kind.fields,
            { name: 'at_door', type: 'instant', pii: false },
            {
              name: 'bag',
              type: 'list',
              pii: false,
              items: [
                { name: 'sku', type: 'string', pii: false },
                { name: 'until', type: 'instant', pii: false },
              ],
            },
          ],
        })),
      },
      channels: [...channels, own('crm', 'webhook'), own('staff', 'task')],
      campaigns: [campaign({ steps })],
      templates: [
        {
          name: 'churn/call',
          channel: 'task',
          variants: [
            { path: 'en', subject: 'Call {{customer.name}} & ask', body: 'Cart of {{money event.total}}.' },
            { locale: 'de', path: 'de', subject: 'Anrufen', body: 'Warenkorb' },
          ],
        },
      ],
      ...part,
    }),
  );
}

/** Lets one customer, who consents to nothing and has no address, fill a cart. */
async function carted(db: Database, p: Program): Promise<void> {
  await drive(db, p, start, start);
  await people(db, [{ id: 'c1', name: 'Anna', email: null, phone: null, city: 'Omsk', consent: [] }]);
  await db.run(sql`UPDATE inbox_customer SET language = 'de'`);
  await events(db, 'cart_updated', [{ id: 'cart-7', customer: 'c1', at: start, total: 99.9 }]);
  await db.run(sql`
    UPDATE inbox_event_cart_updated SET at_door = ${start + hour}::bigint,
      bag = ${JSON.stringify([{ sku: 'tea', until: start }, {}])}`);
  await runTick(db, p, start, tz);
}

async function send(db: Database, p: Program, urls: Record<string, string>, now = start) {
  const open = (channel: Channel) =>
    openCarrier(channel, async (name) => urls[name.slice('env:'.length)] ?? '', { root: '/', output: async () => {} });
  const carriers = await openCarriers(p, open);
  const renderer = createRenderer(p.templates, p.partials, p.project, p.variables);
  try {
    const given = { program: p, renderer, carriers, now: () => now, worker: `w${now}` };
    return await dispatch(db, options(carrier(), given));
  } finally {
    await closeCarriers(carriers);
  }
}

const bodies = (received: Received[]) => received.map(({ body }) => JSON.parse(body));

async function stored(db: Database): Promise<string[]> {
  const rows = await db.query(sql`SELECT channel, status, reason, detail, send_at FROM message ORDER BY channel`);
  return rows.map((m) => `${m.channel} ${[m.status, m.reason, m.detail].filter((word) => word !== null).join(' ')}`);
}

onEveryStore('webhooks and tasks', (open) => {
  it('leave with what their steps name, for a customer who consents to nothing', async () => {
    const db = await open();
    const [crm, staff] = [await hooked(), await hooked()];
    const p = program();
    await carted(db, p);
    expect((await send(db, p, { crm: crm.url, staff: staff.url })).total).toMatchObject({ sent: 2 });
    const [hook, task] = [...crm.received, ...staff.received].map((each) => each.headers['idempotency-key']);
    expect(bodies(crm.received)).toEqual([
      {
        id: hook,
        campaign: 'cart',
        step: 'tell',
        customer: 'c1',
        occurrence: 'cart-7',
        decided_at: '2026-03-02T10:00:00.000Z',
        fields: {
          city: 'Omsk',
          points: null,
          'event.total': 99.9,
          'event.at_door': '2026-03-02T11:00:00.000Z',
          'event.bag': [
            { sku: 'tea', until: '2026-03-02T10:00:00.000Z' },
            { sku: null, until: null },
          ],
        },
      },
    ]);
    const [shown] = blocksOf('docs/how-it-runs.md').filter(({ language }) => language === 'json');
    expect(Object.keys(JSON.parse(shown?.text ?? ''))).toEqual(Object.keys(bodies(crm.received)[0]));
    expect(bodies(staff.received)).toEqual([
      {
        id: task,
        campaign: 'cart',
        customer: 'c1',
        title: 'Call Anna & ask',
        text: 'Cart of €99.90.',
        decided_at: '2026-03-02T10:00:00.000Z',
      },
    ]);
    expect(await stored(db)).toEqual(['crm sent HTTP 200', 'staff sent HTTP 200']);
    expect((await send(db, p, { crm: crm.url, staff: staff.url }, start + hour)).total).toMatchObject({ sent: 0 });
    expect(crm.received).toHaveLength(1);
  });

  it('are tried again when asked to, under the same key, and not where the answer is no', async () => {
    const db = await open();
    const crm = await hooked((response, _, n) => {
      if (n === 1) response.writeHead(429, { 'Retry-After': '600' }).end();
      else response.writeHead(n === 2 ? 500 : 200).end();
    });
    const staff = await hooked((response) => response.writeHead(404).end('who is anna@example.com?'));
    const p = program();
    const urls = { crm: crm.url, staff: staff.url };
    await carted(db, p);
    await send(db, p, urls);
    expect(await stored(db)).toEqual(['crm decided temporary HTTP 429', 'staff failed rejected HTTP 404']);
    await send(db, p, urls, start + 10 * minute - 1);
    expect(crm.received, 'not before the ten minutes that it asked for').toHaveLength(1);
    await send(db, p, urls, start + 10 * minute);
    await send(db, p, urls, start + hour);
    expect(await stored(db)).toEqual(['crm sent HTTP 200', 'staff failed rejected HTTP 404']);
    expect(crm.received).toHaveLength(3);
    expect(new Set(crm.received.map((each) => each.headers['idempotency-key'])).size).toBe(1);
    expect(new Set(crm.received.map((each) => each.body)).size).toBe(1);
    expect(staff.received).toHaveLength(1);
  });

  it('wait for a system that is away, and expire like any message', async () => {
    const db = await open();
    const gone = await openHook();
    await gone.close();
    const p = program({ campaigns: [campaign({ steps, expires: hour })] });
    const urls = { crm: gone.url, staff: gone.url };
    await carted(db, p);
    await send(db, p, urls);
    expect(await stored(db)).toEqual(['crm decided connection ECONNREFUSED', 'staff decided connection ECONNREFUSED']);
    await send(db, p, urls, start + 2 * hour);
    expect(await stored(db)).toMatchObject(['crm expired late ECONNREFUSED', 'staff expired late ECONNREFUSED']);
  });

  it('pay no heed to quiet hours, but to a suppression that has come since', async () => {
    const db = await open();
    const [crm, staff] = [await hooked(), await hooked()];
    const quietHours = { from: 0, to: 1_439, otherwise: 'hold', transactional: true } as const;
    const p = program({ policies: { caps: [], quietHours } });
    await carted(db, p);
    await db.run(sql`
      INSERT INTO blocked (customer, channel) SELECT customer, 'staff' FROM customer`);
    expect((await send(db, p, { crm: crm.url, staff: staff.url })).total).toMatchObject({ sent: 1, suppressed: 1 });
    expect(await stored(db)).toEqual(['crm sent HTTP 200', 'staff suppressed suppressed']);
  });

  it('whose worker is gone are sent again under the same key, unless the channel says otherwise', async () => {
    const db = await open();
    const [crm, staff] = [await hooked(), await hooked()];
    const p = program();
    const careful: Program = {
      ...p,
      channels: p.channels.map((each) => (each.name === 'staff' ? { ...each, resendUnknown: false } : each)),
    };
    await carted(db, p);
    const before = await db.query<{ message: string }>(sql`SELECT message FROM message WHERE channel = 'crm'`);
    // Killed between the receiver's yes and the record.
    await db.run(sql`INSERT INTO worker (worker, lease_until) VALUES ('dead', ${start - 1}::bigint)`);
    await db.run(sql`INSERT INTO claim (message, worker) SELECT message, 'dead' FROM message`);
    await db.run(sql`INSERT INTO transit (message, worker) SELECT message, 'dead' FROM message`);
    const { lapsed } = await send(db, careful, { crm: crm.url, staff: staff.url });
    expect(lapsed).toEqual({ unknown: 1, again: 1 });
    expect(crm.received.map((each) => each.headers['idempotency-key'])).toEqual(before.map(({ message }) => message));
    expect(await stored(db)).toEqual(['crm sent HTTP 200', 'staff unknown lease-expired']);
  });
});
