import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { campaign, day, model } from '../../../test/world.ts';
import { compile } from '../../compile/compile.ts';
import { simulate } from './simulate.ts';

const from = Date.UTC(2026, 2, 2);

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-deliver-'));
  const ids = Array.from({ length: 50 }, (_, i) => `c${i}`);
  await writeFile(join(root, 'people.csv'), `id,email\n${ids.map((id) => `${id},${id}@example.com\n`).join('')}`);
  const consent = ids.map((id) => `${id},email,granted,2026-01-01\n`).join('');
  await writeFile(join(root, 'consent.csv'), `customer,channel,status,at\n${consent}`);
  await writeFile(join(root, 'carts.csv'), `customer,at\n${ids.map((id) => `${id},2026-03-02T10:00:00Z\n`).join('')}`);
});
afterAll(() => rm(root, { recursive: true }));

it('sends webhooks and tasks, which nobody opens, whatever the engagement', async () => {
  const { data, channels } = model();
  const source = (path: string) => [{ path, rename: {} }];
  const transport = { kind: 'console' } as const;
  const program = compile(
    model({
      data: {
        ...data,
        customers: { ...data.customers, sources: source('people.csv') },
        events: data.events.map((kind) => ({
          ...kind,
          sources: kind.name === 'cart_updated' ? source('carts.csv') : [],
        })),
        consent: source('consent.csv'),
      },
      channels: [
        ...channels,
        { name: 'crm', kind: 'webhook', transport, price: 0 },
        { name: 'staff', kind: 'task', transport, price: 0 },
      ],
      campaigns: [
        campaign({
          steps: [
            { kind: 'webhook', id: 'hook', channel: 'crm', fields: [] },
            { kind: 'task', id: 'call', channel: 'staff', template: 'call' },
            { kind: 'send', id: 'mail', channel: 'email', template: 'cart' },
          ],
        }),
      ],
    }),
  );
  const always = { open: 1, click: 0 };
  const engagement = { crm: always, staff: always, email: always };
  const db = await simulate({ program, from, to: from + 3 * day, tz: 'test', seed: 's', engagement, root });
  try {
    const rows = await db.query(sql`
      SELECT m.channel, count(*) AS sent, count(e.id) AS opened FROM message m
      LEFT JOIN message_event e ON e.message = m.message WHERE m.status = 'sent' GROUP BY m.channel ORDER BY m.channel`);
    const waiting = await db.query<{ n: number }>(sql`SELECT count(*) AS n FROM inbox_feedback`);
    expect(rows).toEqual([
      { channel: 'crm', sent: 50, opened: 0 },
      { channel: 'email', sent: 50, opened: expect.any(Number) },
      { channel: 'staff', sent: 50, opened: 0 },
    ]);
    expect(Number(rows[1]?.opened) + (waiting[0]?.n ?? 0)).toBe(50);
  } finally {
    await db.close();
  }
});
