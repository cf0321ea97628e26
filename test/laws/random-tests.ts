import fc, { type Arbitrary } from 'fast-check';
import type { Campaign, Split, Step } from '../../spec/model/campaign.ts';
import type { EventKind, Field } from '../../spec/model/data.ts';
import type { Channel, Holdout } from '../../spec/model/model.ts';
import { variantOf } from '../../spec/model/template.ts';
import type {
  CampaignTest,
  Expectation,
  ExpectedMessage,
  TestCustomer,
  TestEvent,
  TestReaction,
  TestValue,
} from '../../spec/model/test.ts';
import { armsOf } from '../../spec/model/variants.ts';
import { text } from './random-expression.ts';
import { duration } from './random-steps.ts';

/** The names that a test may use. */
export interface TestNames {
  attributes: Field[];
  events: EventKind[];
  channels: Channel[];
  campaigns: Campaign[];
  holdouts: Holdout[];
  /** Names of static segments. */
  lists: string[];
}

const maybe = <T>(value: Arbitrary<T>) => fc.option(value, { nil: undefined });
const keyed = <K extends string, T>(key: K, value: T | undefined) =>
  (value === undefined ? {} : { [key]: value }) as { [P in K]?: T };
const word = text.map((value) => value || 'x');
const instant = fc.integer({ min: Date.UTC(1970, 0), max: Date.UTC(2100, 0) });
const ids = fc.uniqueArray(fc.oneof(fc.constantFrom('c1', 'at', '10', 'null', '{x}', '$c', 'to'), word), {
  minLength: 1,
  maxLength: 3,
});

/** A value as a field of the type holds it. */
function value(field: Field): Arbitrary<TestValue> {
  switch (field.type) {
    case 'integer':
      return fc.maxSafeInteger().map((one) => (one === 0 ? 0 : one));
    case 'number':
      return fc.oneof(
        fc.constantFrom(0.5, 1e-7, -3, 1e21),
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => (one === 0 ? 0 : one)),
      );
    case 'money':
      return fc.nat({ max: 1_000_000_000 }).map((one) => one / 10_000);
    case 'boolean':
      return fc.boolean();
    case 'date':
      return fc.constantFrom('2026-03-01', '1999-12-31', '2024-02-29');
    case 'instant':
      return instant.map((ms) => new Date(ms).toISOString());
    case 'timezone':
      return fc.constantFrom('Europe/Moscow', 'UTC');
    case 'locale':
      return fc.constantFrom('ru', 'en-GB');
    case 'list':
      return fc.array(values(field.items ?? []), { maxLength: 2 });
    default:
      return fc.oneof(fc.constantFrom('10', 'true', 'null', '$x', '$$x', '+1d', ''), text);
  }
}

function values(fields: Field[]): Arbitrary<Record<string, TestValue>> {
  return someOf(fields.map((field) => [field.name, fc.oneof(fc.constant(null), value(field))]));
}

/** Any of the kinds, as often as one likes; nothing where there are none. */
function list<T>(kinds: Arbitrary<T>[], maxLength: number): Arbitrary<T[]> {
  return kinds.length === 0 ? fc.constant<T[]>([]) : fc.array(fc.oneof(...kinds), { maxLength });
}

/** Some of the names with a value. */
function someOf<T>(entries: [string, Arbitrary<T>][]): Arbitrary<Record<string, T>> {
  return fc
    .tuple(...entries.map(([name, one]) => maybe(one.map((value): [string, T] => [name, value]))))
    .map((chosen) => Object.fromEntries(chosen.filter((pair) => pair !== undefined)));
}

function splitsIn(steps: Step[]): Pick<Split, 'id' | 'sticky' | 'arms'>[] {
  return steps.flatMap((step) => {
    if (step.kind === 'send' && step.variants) return [{ id: step.id, arms: armsOf(step) }];
    if (step.kind === 'split') return [step, ...step.arms.flatMap((arm) => splitsIn(arm.steps))];
    return 'then' in step ? [...splitsIn(step.then), ...splitsIn(step.else)] : [];
  });
}

function arms(campaign: Campaign): Arbitrary<CampaignTest['arms']> {
  const chosen = splitsIn(campaign.steps)
    .filter(({ sticky }) => sticky !== false)
    .map(({ id, arms: all }): [string, Arbitrary<string>] => [id, fc.constantFrom(...all.map(({ name }) => name))]);
  return someOf(chosen);
}

type Sent = { channel: string; template?: string };

function sentIn(steps: Step[]): Sent[] {
  return steps.flatMap((step): Sent[] => {
    if (step.kind === 'send' && step.variants)
      return step.variants.map(({ name }) => ({ channel: step.channel, template: variantOf(step.template, name) }));
    if (step.kind === 'send' || step.kind === 'task') return [{ channel: step.channel, template: step.template }];
    if (step.kind === 'webhook') return [{ channel: step.channel }];
    if (step.kind === 'cascade') return step.stages.map(({ channel, template }) => ({ channel, template }));
    if (step.kind === 'split') return step.arms.flatMap((arm) => sentIn(arm.steps));
    return 'then' in step ? [...sentIn(step.then), ...sentIn(step.else)] : [];
  });
}

function message(sent: Sent, customer: Arbitrary<string>, at: Arbitrary<number>, holdouts: Holdout[]) {
  const reasons = ['no-consent', 'late:quiet-hours', ...holdouts.map(({ name }) => `holdout:${name}`)];
  return fc
    .record({
      customer: maybe(customer),
      at: maybe(at),
      refused: maybe(fc.constantFrom(...reasons)),
      contains: fc.array(word, { maxLength: 2 }),
    })
    .map(
      (one): ExpectedMessage => ({
        ...keyed('customer', one.customer),
        ...sent,
        ...keyed('at', one.at),
        ...keyed('refused', one.refused),
        contains: one.contains,
      }),
    );
}

function expectation(names: TestNames, campaign: Campaign, known: string[], at: Arbitrary<number>) {
  const customer = fc.constantFrom(...known);
  const messages = sentIn(campaign.steps).map((sent) => message(sent, customer, at, names.holdouts));
  const exit = fc
    .record({ customer, reason: fc.constantFrom('completed', 'goal', 'exit-event', 'control'), at: maybe(at) })
    .map(({ at: when, ...one }) => ({ ...one, ...keyed('at', when) }));
  const state = fc.uniqueArray(fc.record({ id: customer, attributes: values(names.attributes) }), {
    minLength: 1,
    maxLength: 2,
    selector: ({ id }) => id,
  });
  return fc
    .record({
      messages: maybe(list(messages, 2)),
      exits: maybe(fc.array(exit, { maxLength: 2 })),
      customers: maybe(state),
    })
    .map((one): Expectation => {
      const given = {
        ...keyed('messages', one.messages),
        ...keyed('exits', one.exits),
        ...keyed('customers', one.customers),
      };
      return Object.keys(given).length === 0 ? { exits: [] } : given;
    });
}

function testOf(campaign: Campaign, names: TestNames): Arbitrary<CampaignTest> {
  const reached = names.channels.filter(({ address }) => address !== undefined).map(({ name }) => name);
  return fc.tuple(ids, maybe(duration)).chain(([known, lasts]) => {
    const at = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: lasts ?? 400 * 86_400_000 }));
    const customer = fc.constantFrom(...known);
    const customers = fc.tuple(
      ...known.map(
        (id): Arbitrary<TestCustomer> =>
          fc.record({
            id: fc.constant(id),
            consent: fc.subarray(reached),
            segments: fc.subarray(names.lists),
            attributes: values(names.attributes),
          }),
      ),
    );
    const happened = names.events.map(
      (kind): Arbitrary<TestEvent> =>
        fc.record({
          at: fc.oneof(
            at,
            at.map((ms) => (ms === 0 ? 0 : -ms)),
          ),
          customer,
          event: fc.constant(kind.name),
          fields: values(kind.fields),
        }),
    );
    const reaction = (): Arbitrary<TestReaction> =>
      fc.record({
        at,
        customer,
        channel: fc.constantFrom(...reached),
        kind: fc.constantFrom('delivered', 'opened', 'clicked', 'bounced', 'complained', 'unsubscribed'),
      });
    return fc
      .record({
        name: fc.constantFrom('buyer-gets-nothing', 'test', 'on', 'X', 'event'),
        title: maybe(word),
        start: instant,
        arms: arms(campaign),
        customers,
        events: list(happened, 3),
        reactions: list(reached.length === 0 ? [] : [reaction()], 2),
        launches: list(campaign.on.kind === 'manual' ? [at] : [], 2),
        expect: expectation(names, campaign, known, at),
      })
      .map(
        ({ title, ...one }): CampaignTest => ({
          ...one,
          ...keyed('title', title),
          campaign: campaign.name,
          ...keyed('lasts', lasts),
        }),
      );
  });
}

export function tests(names: TestNames): Arbitrary<CampaignTest[]> {
  if (names.campaigns.length === 0) return fc.constant([]);
  const one = fc.oneof(...names.campaigns.map((campaign) => testOf(campaign, names)));
  return fc
    .uniqueArray(one, { maxLength: 2, selector: ({ name }) => name.toLowerCase() })
    .map((list) => list.sort((a, b) => (a.name < b.name ? -1 : 1)));
}
