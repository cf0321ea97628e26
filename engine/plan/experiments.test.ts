import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Campaign, Step } from '../../spec/model/campaign.ts';
import { tickAt } from '../../test/drive.ts';
import { campaign, day, events, hour, people, program } from '../../test/world.ts';
import { applyProgram } from '../deploy/apply.ts';
import type { DuckDb } from '../store/duckdb.ts';
import { openSmallStore } from '../store/open-small.ts';
import { experiments, goalCourses, withTimes } from './experiments.ts';
import { expression } from './world.fixture.ts';

const start = Date.UTC(2026, 2, 2, 10);
const send = (id: string): Step => ({ kind: 'send', id, channel: 'email', template: 'cart' });
const arm = (name: string, share: number, steps: Step[] = []) => ({ name, share, control: name === 'control', steps });
const split = (...arms: ReturnType<typeof arm>[]): Step => ({ kind: 'split', id: 'offer', arms });
const halves = split(arm('control', 2_000), arm('plain', 5_000, [send('a')]), arm('rich', 3_000, [send('b')]));
const wait: Step = { kind: 'wait', id: 'wait', ms: hour };

const withGoal = (part: Partial<Campaign> = {}) =>
  program({
    campaigns: [campaign({ exit: [], goal: { event: 'order_paid', within: 2 * day }, steps: [wait, halves], ...part })],
  });

describe('the share that reaches the goal', () => {
  let db: DuckDb;
  beforeEach(async () => {
    db = await openSmallStore();
    await applyProgram(db, { program: withGoal(), at: start, lineage: 'test' });
    const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `c${from + i}`);
    const happen = (kind: 'cart_updated' | 'order_paid', customers: string[], at: number) =>
      events(
        db,
        kind,
        customers.map((customer) => ({ customer, at, ...(kind === 'order_paid' && { total: 5 }) })),
      );
    await people(
      db,
      ids(0, 60).map((id) => ({ id })),
    );
    await happen('cart_updated', ids(0, 40), start);
    await tickAt(db, withGoal(), start);
    await happen('order_paid', ids(0, 10), start + 5 * hour);
    await happen('cart_updated', ids(40, 60), start + 36 * hour);
    await tickAt(db, withGoal(), start + 36 * hour);
    await happen('order_paid', ids(40, 45), start + 40 * hour);
    await tickAt(db, withGoal(), start + 41 * hour, start + 47 * hour);
  });
  afterEach(() => db.close());

  it('is known by those too who have not had the whole time', async () => {
    const courses = await goalCourses(db, withGoal(), start + 2 * day);
    const sorted = courses.get('cart')?.toSorted((a, b) => a.part - b.part);
    expect(sorted).toEqual([
      { part: 2, happened: true, n: 15 },
      { part: 6, happened: false, n: 15 },
      { part: 24, happened: false, n: 30 },
    ]);
    const [found] = experiments(withGoal(), new Map([['cart', 700]]), 7, courses);
    expect(found).toMatchObject({ campaign: 'cart', split: 'offer', perDay: 100, rate: 0.25 });
  });

  it('is not known before somebody has had the whole time, nor of another goal', async () => {
    const early = await goalCourses(db, withGoal(), start + day);
    expect(experiments(withGoal(), new Map(), 7, early)[0]).not.toHaveProperty('rate');
    const other = withGoal({ goal: { event: 'order_paid', within: day } });
    expect(await goalCourses(db, other, start + 2 * day)).toEqual(new Map());
  });
});

describe('an experiment', () => {
  const of = (part: Partial<Campaign>) => experiments(withGoal(part), new Map([['cart', 70]]), 7, new Map());

  it('is a split with a control to which all come, with the shares of the control and of the smallest arm', () => {
    const found = { campaign: 'cart', split: 'offer', control: 0.2, treated: 0.3, arms: 2, perDay: 10 };
    expect(of({})).toEqual([found]);
    expect(of({ steps: [send('first'), halves] })).toEqual([found]);
  });

  it.each<[string, Partial<Campaign>]>([
    ['a split without a control', { steps: [split(arm('a', 5_000), arm('b', 5_000))] }],
    ['a control alone', { steps: [split(arm('control', 10_000))] }],
    [
      'a split behind a fork',
      { steps: [{ kind: 'if', id: 'if', condition: expression('points > 1'), then: [halves], else: [] }] },
    ],
    ['steps without a split', { steps: [send('first')] }],
    ['no steps', { steps: [] }],
  ])('is not %s', (_, part) => {
    expect(of(part)).toEqual([]);
  });

  it('is not a split of a campaign without a goal', () => {
    const { goal: _, ...rest } = campaign({ exit: [], steps: [halves] });
    expect(experiments(program({ campaigns: [rest] }), new Map(), 7, new Map())).toEqual([]);
  });
});

describe('the time that an experiment takes', () => {
  const one = { campaign: 'cart', split: 'offer', control: 0.5, treated: 0.5, arms: 1, perDay: 800, rate: 0.1 };

  it('is that of the power of daily looks: 10 % more of a tenth at 400 customers a day in each arm takes 80 days', () => {
    expect(withTimes(one).days).toBe(80);
  });

  it('is longer for more arms, for fewer customers, and for smaller shares', () => {
    const { days = 0, smallest = 1 } = withTimes(one);
    for (const harder of [{ arms: 3 }, { perDay: 500 }, { treated: 0.2 }, { control: 0.1 }]) {
      const found = withTimes({ ...one, ...harder });
      expect(found.days ?? Number.POSITIVE_INFINITY).toBeGreaterThan(days);
      expect(found.smallest ?? Number.POSITIVE_INFINITY).toBeGreaterThan(smallest);
    }
  });

  it('is not there where too few come, nobody reaches the goal, or that is not known', () => {
    const { rate: _, ...unknown } = one;
    for (const none of [{ ...one, perDay: 0 }, { ...one, rate: 0 }, unknown]) expect(withTimes(none)).toEqual(none);
    expect(withTimes({ ...one, perDay: 20 })).not.toHaveProperty('days');
  });
});
