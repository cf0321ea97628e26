import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { carryOn } from '../../test/drive.ts';
import { day, hour, minute } from '../../test/world.ts';
import { compile } from '../compile/compile.ts';
import { intake } from '../data/intake/intake.ts';
import { applyProgram } from '../deploy/apply.ts';
import { openSmallStore } from '../store/open-small.ts';
import { runTick } from '../tick/run-tick.ts';
import { nothingByHand } from './by-hand.ts';
import { createPlan, readStoreState } from './create-plan.ts';
import { at, mail, onFiles, writeShop } from './files.fixture.ts';
import { noDetails, segment } from './world.fixture.ts';

let root = '';

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-plan-'));
  await writeShop(root);
});

afterEach(() => rm(root, { recursive: true }));

it('forecasts a first plan from the data files, with nothing to compare with', async () => {
  const plan = await createPlan({ desired: onFiles(), at: at + 90 * day, tz: 'test', root });
  expect(plan.base).toBe(null);
  expect(plan.effects).toEqual({
    inFlight: [],
    returning: [],
    drift: nothingByHand,
    rollouts: [],
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
      details: {
        ...noDetails,
        recipients: { before: null, after: 20 },
        steps: [
          {
            ...{ campaign: 'cart', step: 'send-1', channel: 'email' },
            day: { before: null, after: 3 },
            dayCost: { before: null, after: 0.3 },
            week: { before: null, after: 20 },
            weekCost: { before: null, after: 2 },
          },
        ],
        leaving: [{ campaign: 'cart', before: null, after: 20 }],
        exits: [{ campaign: 'cart', reason: 'completed', before: null, after: 20 }],
        days: [{ campaign: 'cart', channel: 'email', before: null, after: [3, 3, 3, 3, 3, 3, 2] }],
        hours: [
          {
            channel: 'email',
            before: null,
            after: Array.from({ length: 168 }, (_, hour) => (hour % 8 === 0 && hour < 160 ? 1 : 0)),
          },
        ],
        peaks: [{ channel: 'email', before: null, after: { at, messages: 1 } }],
      },
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

it.each([
  ['has not happened yet', 0.5 * minute, 20],
  ['has happened already', 2 * minute, 19],
])(
  'forecasts new campaigns from the instant of the plan on: an event before the next tick that %s',
  async (_, after, n) => {
    const db = await openSmallStore();
    const { project } = onFiles();
    const hourly = { project: { ...project, tick: hour } };
    const program = compile(onFiles({ ...hourly, campaigns: [] }));
    await applyProgram(db, { program, at, lineage: 'test' });
    await runTick(db, program, at, 'test', (tx) => intake(tx, program, { root, at }).then(() => {}));
    const snapshot = async () => {
      const path = join(root, 'snapshot.duckdb');
      await db.snapshot(path);
      return path;
    };
    const store = await readStoreState(db, snapshot);
    const plan = await createPlan({ desired: onFiles(hourly), store, at: at + after, tz: 'test', root });
    await db.close();
    expect(plan.effects.forecast).toMatchObject({ from: at + hour, entries: [{ campaign: 'cart', after: n }] });
  },
);

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
