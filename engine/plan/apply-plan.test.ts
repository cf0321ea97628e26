import sql from 'sql-template-tag';
import { describe, expect, it } from 'vitest';
import type { Model } from '../../spec/model/model.ts';
import { onEveryStore } from '../../test/stores.ts';
import { day, hour } from '../../test/world.ts';
import { compile } from '../compile/compile.ts';
import { currentDeployment } from '../deploy/apply.ts';
import { hash } from '../program/hash.ts';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { applyPlan } from './apply-plan.ts';
import { ofAnother, readPlan, writePlan } from './check-plan.ts';
import type { Effects } from './effects.ts';
import { makePlan, type Plan } from './plan.ts';
import { cart, shop } from './world.fixture.ts';

const at = Date.UTC(2026, 2, 2, 10);
const nothing: Effects = {
  forecast: {
    basis: 'sources',
    grid: 3_600_000,
    from: at,
    day: at + day,
    to: at + 7 * day,
    sends: [],
    entries: [],
    audiences: [],
    losses: [],
  },
  inFlight: [],
  returning: [],
  paused: [],
};

async function planFor(db: Database, part: Partial<Model> = {}): Promise<Plan> {
  return makePlan(compile(shop(part)), await currentDeployment(db), nothing, { at, tz: 'test', commit: 'abc123' });
}

const apply = (db: Database, plan: Plan, now = at, lineage = 'one') => applyPlan(db, plan, { at: now, lineage });

const reason = async (db: Database, plan: Plan, now = at) => {
  const result = await apply(db, plan, now);
  return result.status === 'refused' ? result.refusal.reason : result.status;
};

onEveryStore('applying a plan', (open) => {
  it('makes the planned program the one that runs, once', async () => {
    const db = await open();
    const plan = await planFor(db);
    expect(await apply(db, plan)).toEqual({ status: 'applied', serial: 1 });
    expect(await currentDeployment(db)).toMatchObject({ serial: 1, hash: plan.programHash, lineage: 'one' });
    expect(await db.query(sql`SELECT commit_hash FROM deployment`)).toEqual([{ commit_hash: 'abc123' }]);
    expect(await apply(db, plan)).toMatchObject({
      status: 'refused',
      refusal: { reason: 'applied', message: 'The plan has been applied already, as deployment 1.' },
    });
    const again = await planFor(db);
    expect(again.changes).toEqual([]);
    expect(await apply(db, again)).toEqual({ status: 'nothing', serial: 1 });
  });

  it('refuses a plan that another apply has overtaken', async () => {
    const db = await open();
    await apply(db, await planFor(db));
    const [mine, theirs] = [
      await planFor(db, { campaigns: [] }),
      await planFor(db, { segments: shop().segments.slice(0, 1) }),
    ];
    expect(await reason(db, theirs)).toBe('applied');
    expect(await reason(db, mine)).toBe('stale');
    expect(await currentDeployment(db)).toMatchObject({ serial: 2, hash: theirs.programHash });
  });

  it('lets one of two at the same time through', async () => {
    const db = await open();
    const plans = await Promise.all([planFor(db), planFor(db, { campaigns: [cart({ priority: 1 })] })]);
    const results = await Promise.all(plans.map((plan) => reason(db, plan)));
    expect(results.toSorted()).toEqual(['applied', 'stale']);
    expect(await db.query(sql`SELECT count(*) AS n FROM deployment`)).toEqual([{ n: 1 }]);
  });

  it('refuses a plan made against another store', async () => {
    const [here, there] = [await open(), await open()];
    await apply(here, await planFor(here));
    await apply(there, await planFor(there), at, 'two');
    expect(await reason(here, await planFor(there, { campaigns: [] }))).toBe('stale');
  });

  it('refuses an old plan', async () => {
    const db = await open();
    const plan = await planFor(db);
    expect(await reason(db, plan, at + day)).toBe('expired');
    expect(await reason(db, plan, at + day - 1)).toBe('applied');
  });

  it('refuses what the store cannot do: a column that would change its type', async () => {
    const db = await open();
    await apply(db, await planFor(db));
    const { data } = shop();
    const attributes = data.customers.attributes.map((field) =>
      field.name === 'points' ? { ...field, type: 'string' as const } : field,
    );
    const plan = await planFor(db, { data: { ...data, customers: { sources: [], attributes } } });
    expect(await apply(db, plan)).toMatchObject({
      refusal: {
        reason: 'blocked',
        message:
          'data.customers: "points" would turn from integer into string, but the store keeps the values that it has.',
      },
    });
    expect(await currentDeployment(db)).toMatchObject({ serial: 1 });
  });
});

describe('a plan file', () => {
  const plan = makePlan(compile(shop()), undefined, nothing, { at, tz: 'test' });
  const text = writePlan(plan);

  it('comes back as it was written', () => {
    expect(readPlan(text)).toEqual(JSON.parse(JSON.stringify(plan)));
    expect(writePlan(plan)).toBe(text);
  });

  it('is not edited', () => {
    expect(readPlan(text.replace('"priority":0', '"priority":1'))).toMatchObject({ reason: 'tampered' });
    expect(readPlan(text.replace(`"expiresAt":${at + day}`, `"expiresAt":${at + 2 * day + hour}`))).toMatchObject({
      reason: 'tampered',
    });
  });

  it.each(['', 'hello', 'null', '[]', '{}', '{"kind":"kaskad-plan"}', '{"kind":"kaskad-plan","format":1}'])(
    'is not %j',
    (foreign) => {
      expect(readPlan(foreign)).toMatchObject({ reason: 'foreign' });
    },
  );

  /** As somebody would write it who knows how the hashes are made. */
  const forged = (change: (program: Program) => unknown) => {
    const { hash: _, ...body } = { ...plan.program, ...(change(structuredClone(plan.program)) as object) };
    const program = { ...body, hash: hash(body) };
    const { planHash: __, ...rest } = { ...plan, program, programHash: program.hash };
    return readPlan(JSON.stringify({ ...rest, planHash: hash(rest) }));
  };

  it.each<[string, (program: Program) => unknown]>([
    ['program.campaigns', () => ({ campaigns: null })],
    [
      'program.campaigns.0.steps.0.kind',
      ({ campaigns: [one] }) => ({ campaigns: [{ ...one, steps: [{ kind: 'x' }] }] }),
    ],
    ['program.campaigns.0.steps', ({ campaigns: [one] }) => ({ campaigns: [{ ...one, first: 'nowhere' }] })],
    [
      'program.segments.0.query',
      ({ segments }) => ({
        segments: segments.map((one) => ({ ...one, query: { ...one.query, aggregates: [] } })),
      }),
    ],
    [
      'program.data.customers.attributes.0',
      ({ data }) => ({ data: { ...data, customers: { sources: [], attributes: [7] } } }),
    ],
  ])('has no other shape under a right hash: %s', (path, change) => {
    expect(forged(() => ({}))).not.toHaveProperty('reason');
    expect(forged(change)).toMatchObject({
      reason: 'foreign',
      message: expect.stringContaining(`look at plan.${path}`),
    });
  });

  it('is of the project at hand', () => {
    expect(ofAnother(plan, 'another')).toMatchObject({
      reason: 'foreign',
      message: 'The plan is of the project "test", and this is "another".',
    });
    expect(ofAnother(plan, 'test')).toBeUndefined();
  });
});
