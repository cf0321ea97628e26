import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { enrolments } from '../../../test/drive.ts';
import { campaign, day, model, program } from '../../../test/world.ts';
import { simulate } from './simulate.ts';

const from = Date.UTC(2026, 2, 1, 21);
let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-simulate-'));
  await writeFile(join(root, 'customers.csv'), 'id,city\nin,Omsk\nout,Perm\n');
  await writeFile(
    join(root, 'carts.csv'),
    'id,customer,at\n1,out,2026-03-01T20:30:00Z\n2,in,2026-03-01T21:30:00Z\n3,out,2026-03-02T02:30:00Z\n',
  );
});
afterAll(() => rm(root, { recursive: true }));

it('begins at its beginning, from instant to instant and in rounds', async () => {
  const shop = model();
  const file = (path: string) => [{ path, rename: {} }];
  const [carts, ...events] = shop.data.events;
  const world = program({
    data: {
      ...shop.data,
      customers: { ...shop.data.customers, sources: file('customers.csv') },
      events: carts ? [{ ...carts, fields: [], sources: file('carts.csv') }, ...events] : [],
    },
    segments: [
      {
        name: 'omsk',
        where: {
          kind: 'compare',
          type: 'boolean',
          op: '==',
          left: { kind: 'attribute', type: 'string', name: 'city' },
          right: { kind: 'literal', type: 'string', value: 'Omsk' },
        },
      },
    ],
    campaigns: [
      campaign({ name: 'cart', steps: [] }),
      campaign({ name: 'members', on: { kind: 'segment', segment: 'omsk', existing: true }, steps: [] }),
      campaign({ name: 'newcomers', on: { kind: 'segment', segment: 'omsk', existing: false }, steps: [] }),
    ],
  });
  const to = from + day;
  const input = { program: world, from, to, tz: 'test', seed: 's', engagement: {}, root };
  for (const walk of [true, false]) {
    const db = await simulate({ ...input, walk });
    expect(await enrolments(db, from)).toEqual([
      '+0m in members completed +0m',
      '+30m in cart completed +30m',
      '+330m out cart completed +330m',
    ]);
    await db.close();
  }
});
