import fc from 'fast-check';
import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import type { Model } from '../../../spec/model/model.ts';
import { variantOf } from '../../../spec/model/template.ts';
import type { CampaignTest, TestReaction } from '../../../spec/model/test.ts';
import { drive } from '../../../test/drive.ts';
import { worldsOf as sizeOf } from '../../../test/extent.ts';
import { type Population, type World as RandomWorld, world as randomWorld } from '../../../test/random-world.ts';
import { day, hour, minute } from '../../../test/world.ts';
import { compile } from '../../compile/compile.ts';
import { applyProgram } from '../../deploy/apply.ts';
import { openSmallStore } from '../../store/open-small.ts';
import type { Observed, TestResult } from './result.ts';
import { loadWorld } from './rows.ts';
import { runTests } from './run-tests.ts';
import { worldsOf } from './worlds.ts';

/** Another number replays other worlds; fast-check prints the one of a failure. */
const seed = Number(process.env.WORLD_SEED ?? 20_260_304);
const { first, worlds: runs } = process.env.WORLDS ? { first: 0, worlds: Number(process.env.WORLDS) } : sizeOf(3, 8);
const options = { tz: 'test', parallel: 2 };

/** Returns the Model with more messages, to more customers. */
function lively(model: Model): Model {
  const variants = () => [{ path: 't', subject: 'For {{customer.name}}', body: '{{customer.points}} points' }];
  return {
    ...model,
    campaigns: model.campaigns.map(({ audience: _, ...campaign }) => campaign),
    templates: ['plain', 'warm', 'short'].flatMap((variant) => {
      const name = variantOf('t', variant);
      return [
        { name, channel: 'email', variants: variants() },
        { name, channel: 'sms', variants: variants() },
      ];
    }),
  };
}

const reaction: fc.Arbitrary<Omit<TestReaction, 'customer'>> = fc.record({
  at: fc.integer({ min: 0, max: 3 * 24 }).map((n) => n * hour),
  channel: fc.constantFrom('email', 'sms'),
  kind: fc.constantFrom('opened', 'clicked', 'bounced', 'unsubscribed'),
});

/** Some of a random world's customers, with what they do. */
const part = fc.record({
  campaign: fc.constantFrom('a', 'b', 'c'),
  later: fc.constantFrom(0, 0, 90 * minute),
  lasts: fc.constantFrom(2 * day, 4 * day),
  people: fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { minLength: 2, maxLength: 5 }),
  reactions: fc.array(fc.tuple(fc.nat(4), reaction), { maxLength: 4 }),
});

function firstOf([population]: Population[]): Population {
  if (!population) throw new Error('a world without customers');
  return population;
}

function testOf({ start: begins, populations, launches, model }: RandomWorld, one: ReturnType<typeof some>, i: number) {
  const { people, carts, orders, consents, listed } = firstOf(populations);
  const start = begins + one.later;
  const chosen = one.people.flatMap((n) => people[n] ?? []);
  const there = new Set(chosen.map(({ id }) => id));
  const happened = (event: string, list: typeof carts) =>
    list
      .filter(({ customer }) => there.has(customer))
      .map(({ customer, at, total }) => ({ at: at - start, customer, event, fields: { total: total ?? null } }));
  const manual = model.campaigns.find(({ name }) => name === one.campaign)?.on.kind === 'manual';
  const test: CampaignTest = {
    name: `test-${i}`,
    campaign: one.campaign,
    start,
    lasts: one.lasts,
    arms: {},
    customers: chosen.map(({ id, consent: _, ...attributes }) => ({
      id,
      consent: ['email', 'sms'].filter((channel) => consents.every(([who, what]) => who !== id || what !== channel)),
      segments: listed.includes(id) ? ['list'] : [],
      attributes,
    })),
    events: [...happened('cart_updated', carts), ...happened('order_paid', orders)],
    reactions: one.reactions.map(([n, rest]) => ({ ...rest, customer: chosen[n % chosen.length]?.id ?? '' })),
    launches: manual ? launches.map((at) => Math.max(0, at - start)) : [],
    expect: {
      messages: [],
      exits: [],
      customers: chosen.map(({ id }) => ({ id, attributes: { points: 0 } })),
    },
  };
  return test;
}

const some = (value: typeof part extends fc.Arbitrary<infer T> ? T : never) => value;

it(`${runs} random sets of tests fare together as each does alone`, async () => {
  let played = 0;
  let messages = 0;
  let reactions = 0;
  await fc.assert(
    fc.asyncProperty(randomWorld, fc.array(part, { minLength: 3, maxLength: 6 }), async (one, parts) => {
      if (played++ < first) return;
      const program = compile(lively(one.model));
      const tests = parts.map((chosen, i) => testOf(one, chosen, i));
      const together = await runTests(program, tests, options);
      const alone: TestResult[] = [];
      for (const test of tests) alone.push(...(await runTests(program, [test], options)));
      expect(together).toEqual(alone);
      messages += together.flatMap(({ observed }) => observed.messages).filter(({ refused }) => !refused).length;
      reactions += tests.flatMap((test) => test.reactions).length - together.flatMap(({ problems }) => problems).length;
    }),
    { seed, numRuns: first + runs, endOnFailure: process.env.SHRINK === undefined },
  );
  expect(messages, 'tests in which nothing is sent prove nothing').toBeGreaterThan(runs / 2);
  expect(reactions).toBeGreaterThan(0);
}, 600_000);

it(`${runs} random tests fare as on a store that is ticked at every instant`, async () => {
  let played = 0;
  let messages = 0;
  await fc.assert(
    fc.asyncProperty(randomWorld, part, async (one, chosen) => {
      if (played++ < first) return;
      const program = compile(lively(one.model));
      const everybody = {
        ...chosen,
        later: 0,
        reactions: [],
        people: firstOf(one.populations).people.map((_, i) => i),
      };
      const test = testOf(one, everybody, 0);
      const [result] = await runTests(program, [test], options);
      const [world] = worldsOf(program, [test]).worlds;
      if (!world || !result) throw new Error('the test was not played');
      const db = await openSmallStore();
      try {
        await applyProgram(db, { program: world.program, at: test.start, lineage: 'test' });
        await loadWorld(db, world);
        await drive(db, world.program, test.start, test.start + (test.lasts ?? 0) + 1, {});
        const ids = new Map([...(world.tests[0]?.ids ?? [])].map(([id, stored]) => [stored, id]));
        const sent = await db.query<{ at: number; id: string; channel: string; status: string }>(sql`
          SELECT m.finished_at AS "at", c.id, m.channel, m.status FROM message m JOIN customer c ON c.customer = m.customer`);
        const left = await db.query<{ at: number; id: string; reason: string }>(sql`
          SELECT e.ended_at AS "at", c.id, e.reason FROM enrolment e JOIN customer c ON c.customer = e.customer
          WHERE e.ended_at IS NOT NULL`);
        const line = (row: { at: number }, ...words: unknown[]) => [row.at, ...words].join(' ');
        const stored = [
          ...sent.map((row) => line(row, ids.get(row.id), row.channel, row.status === 'sent')),
          ...left.map((row) => line(row, ids.get(row.id), row.reason)),
        ];
        expect(lines(result.observed)).toEqual(stored.sort());
        messages += sent.length;
      } finally {
        await db.close();
      }
    }),
    { seed, numRuns: first + runs, endOnFailure: process.env.SHRINK === undefined },
  );
  expect(messages).toBeGreaterThan(runs / 2);
}, 600_000);

function lines({ messages, exits }: Observed): string[] {
  return [
    ...messages.map((one) => [one.at, one.customer, one.channel, one.refused === undefined].join(' ')),
    ...exits.map((one) => [one.at, one.customer, one.reason].join(' ')),
  ].sort();
}
