import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { enrolments } from '../../../test/drive.ts';
import { campaign, day, hour, model, program } from '../../../test/world.ts';
import { simulate } from './simulate.ts';

/** Between two instants of a grid of two hours. */
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

it('begins at its beginning, also where that is not on the grid', async () => {
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
  for (const grid of [undefined, 2 * hour]) {
    const db = await simulate({ ...input, ...(grid && { grid }) });
    const first = grid ? 60 : 0;
    expect(await enrolments(db, from)).toEqual(
      [
        `+${first}m in members completed +${first}m`,
        `+${grid ? 60 : 30}m in cart completed +${grid ? 60 : 30}m`,
        `+${grid ? 420 : 330}m out cart completed +${grid ? 420 : 330}m`,
      ].sort((a, b) => Number.parseInt(a.slice(1), 10) - Number.parseInt(b.slice(1), 10) || (a < b ? -1 : 1)),
    );
    await db.close();
  }
});
