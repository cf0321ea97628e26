import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Model } from '../../spec/model/model.ts';
import { carryOn } from '../../test/drive.ts';
import { day, hour, minute } from '../../test/world.ts';
import { compile } from '../compile/compile.ts';
import { intake } from '../data/intake/intake.ts';
import { applyProgram } from '../deploy/apply.ts';
import { openSmallStore } from '../store/open-small.ts';
import { runTick } from '../tick/run-tick.ts';
import { createPlan, readStoreState } from './create-plan.ts';
import { cart, segment, shop } from './world.fixture.ts';

const at = Date.UTC(2026, 2, 2, 10);
let root = '';

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-plan-'));
  const ids = Array.from({ length: 20 }, (_, i) => `c${String(i).padStart(2, '0')}`);
  const lines = (header: string, rows: string[]) => `${[header, ...rows].join('\n')}\n`;
  const iso = (ms: number) => new Date(ms).toISOString();
  await writeFile(
    join(root, 'customers.csv'),
    lines(
      'id,email,points',
      ids.map((id, i) => `${id},${id}@example.com,${i * 10}`),
    ),
  );
  await writeFile(
    join(root, 'orders.csv'),
    lines(
      'customer,at,total',
      ids.slice(0, 10).map((id) => `${id},${iso(at - day)},5`),
    ),
  );
  await writeFile(
    join(root, 'carts.csv'),
    lines(
      'customer,at,items_count',
      ids.map((id, i) => `${id},${iso(at + minute + i * 8 * hour)},1`),
    ),
  );
  await writeFile(
    join(root, 'consent.csv'),
    lines(
      'customer,channel,status,at',
      ids.map((id) => `${id},email,granted,2026-01-01T00:00:00Z`),
    ),
  );
});

afterEach(() => rm(root, { recursive: true }));

/** The shop on files, with one e-mail at once to everybody who leaves a cart. */
function onFiles(part: Partial<Model> = {}): Model {
  const { data, project } = shop();
  const from = (path: string) => [{ path, rename: {} }];
  const files: Record<string, string> = { cart_updated: 'carts.csv', order_paid: 'orders.csv' };
  return shop({
    project: { ...project, simulation: { from: at, seed: 'test', engagement: {} } },
    policies: { caps: [] },
    data: {
      ...data,
      customers: { ...data.customers, sources: from('customers.csv') },
      events: data.events.map((kind) => ({ ...kind, sources: from(files[kind.name] ?? '') })),
      consent: from('consent.csv'),
    },
    campaigns: [mail()],
    ...part,
  });
}

function mail() {
  const { audience: _, goal: __, ...rest } = cart();
  return { ...rest, exit: [], steps: [{ kind: 'send' as const, id: 'send-1', channel: 'email', template: 'cart' }] };
}

it('forecasts a first plan from the data files, with nothing to compare with', async () => {
  const plan = await createPlan({ desired: onFiles(), at: at + 90 * day, tz: 'test', root });
  expect(plan.base).toBe(null);
  expect(plan.effects).toEqual({
    inFlight: [],
    returning: [],
    paused: [],
    forecast: {
      basis: 'sources',
      from: at,
      day: at + day,
      to: at + 7 * day,
      // A cart every eight hours, the first a minute after the beginning.
      sends: [
        {
          campaign: 'cart',
          channel: 'email',
          day: { before: null, after: 3 },
          dayCost: { before: null, after: 0.3 },
          week: { before: null, after: 20 },
          weekCost: { before: null, after: 2 },
        },
      ],
      entries: [{ campaign: 'cart', before: null, after: 20 }],
      losses: [],
      audiences: [
        { address: 'segment.big', before: null, after: 0 },
        { address: 'segment.buyers', before: null, after: 10 },
      ],
    },
  });
});

it('forecasts against what is applied, on from the state of a store that has run', async () => {
  const db = await openSmallStore();
  const program = compile(onFiles());
  await applyProgram(db, { program, at, lineage: 'test' });
  await runTick(db, program, at, 'test', (tx) => intake(tx, program, { root, at }).then(() => {}));
  await carryOn(db, program, at + minute, at + day);
  const snapshot = async () => {
    const path = join(root, 'snapshot.duckdb');
    await db.snapshot(path);
    return path;
  };
  const watched = { kind: 'segment', segment: 'big', existing: true } as const;
  const desired = onFiles({
    segments: [segment('buyers', 'count(order_paid) > 0'), segment('big', 'points > 100')],
    campaigns: [{ ...mail(), name: 'gift', on: watched }],
  });
  const reached: number[] = [];
  const onProgress = (share: number) => reached.push(share);
  const plan = await createPlan({
    desired,
    store: await readStoreState(db, snapshot),
    at: at + day,
    tz: 'test',
    root,
    onProgress,
  });
  await db.close();
  expect(reached).toEqual(reached.toSorted((a, b) => a - b));
  expect(await readdir(root), 'the second copy of the store is gone').not.toContain('snapshot.duckdb.applied');
  expect(plan.base).toEqual({ serial: 1, lineage: 'test' });
  expect(plan.changes.map(({ action, address }) => `${action} ${address}`)).toEqual([
    'change segment.big',
    'create campaign.gift',
    'remove campaign.cart',
  ]);
  expect(plan.notices).toMatchObject([{ level: 'reversible', address: 'campaign.cart' }]);
  const { forecast } = plan.effects;
  expect(forecast).toMatchObject({ basis: 'store', from: at + day, to: at + 8 * day });
  expect(forecast.sends.map(({ campaign, day, week }) => ({ campaign, day, week }))).toEqual([
    // Three of the twenty carts were in the day that has passed.
    { campaign: 'cart', day: { before: 3, after: 0 }, week: { before: 17, after: 0 } },
    { campaign: 'gift', day: { before: 0, after: 9 }, week: { before: 0, after: 9 } },
  ]);
  expect(forecast.audiences).toEqual([
    { address: 'campaign.gift', before: null, after: 9 },
    { address: 'segment.big', before: 0, after: 9 },
    { address: 'segment.buyers', before: 10, after: 10 },
  ]);
});

it('forecasts to the minute of the ticks', async () => {
  const quietHours = { from: 10 * 60 + 2, to: 10 * 60, otherwise: 'cancel' as const, transactional: false };
  const desired = onFiles({ policies: { quietHours, caps: [] } });
  const plan = await createPlan({ desired, at, tz: 'test', root });
  // The first cart is filled at 10:01, a minute before the quiet hours, as every third one is on its day.
  expect(plan.effects.forecast.sends).toMatchObject([{ campaign: 'cart', day: { after: 1 }, week: { after: 7 } }]);
});

it.each([
  ['is late', at, 20],
  // The first cart has been met.
  ['has been', at + hour, 19],
])('forecasts a change of the tick with the ticks of each, where the last one of the old %s', async (_, until, n) => {
  const db = await openSmallStore();
  const hourly = onFiles();
  const program = compile({ ...hourly, project: { ...hourly.project, tick: hour } });
  await applyProgram(db, { program, at, lineage: 'test' });
  await runTick(db, program, at, 'test', (tx) => intake(tx, program, { root, at }).then(() => {}));
  await carryOn(db, program, at + hour, until + 1);
  const snapshot = async () => {
    const path = join(root, 'snapshot.duckdb');
    await db.snapshot(path);
    return path;
  };
  const shares: number[] = [];
  const plan = await createPlan({
    desired: onFiles(),
    store: await readStoreState(db, snapshot),
    at: at + 1.5 * hour,
    tz: 'test',
    root,
    onProgress: (share) => shares.push(share),
  });
  await db.close();
  expect(plan.effects.forecast.entries).toEqual([{ campaign: 'cart', before: n, after: n }]);
  expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
});

it('counts what is inside a removed campaign', async () => {
  const db = await openSmallStore();
  const program = compile(
    onFiles({ campaigns: [{ ...mail(), steps: [{ kind: 'wait', id: 'wait-1', ms: 30 * day }] }] }),
  );
  await applyProgram(db, { program, at, lineage: 'test' });
  await runTick(db, program, at, 'test', (tx) => intake(tx, program, { root, at }).then(() => {}));
  await carryOn(db, program, at + minute, at + day);
  const plan = await createPlan({
    desired: onFiles({ campaigns: [] }),
    store: await readStoreState(db),
    at: at + day,
    tz: 'test',
    root,
  });
  await db.close();
  expect(plan.effects.inFlight).toMatchObject([{ campaign: 'cart', active: 3, waiting: 0 }]);
  expect(plan.notices.map((notice) => notice.message)).toEqual([
    'The campaign cart is removed: 3 customers inside it leave at once, and 0 messages already decided are not sent. Put back within 7 days, it takes them up again where they stood.',
  ]);
});
