import { expect, it } from 'vitest';
import type { Expression } from '../../spec/model/expression.ts';
import { campaign, day, hour, model } from '../../test/world.ts';
import { canonical } from '../program/hash.ts';
import { compile } from './compile.ts';

const orders = (within?: number): Expression => ({
  kind: 'aggregate',
  type: 'integer',
  fn: 'count',
  event: 'order_paid',
  ...(within && { within }),
});
const atLeast = (left: Expression, n: number): Expression => ({
  kind: 'compare',
  type: 'boolean',
  op: '>=',
  left,
  right: { kind: 'literal', type: 'integer', value: n },
});

const nested = campaign({
  steps: [
    { kind: 'wait', id: 'wait-1', ms: hour },
    {
      kind: 'split',
      id: 'offer',
      arms: [
        { name: 'control', share: 1_000, control: true, steps: [] },
        { name: 'nothing', share: 2_000, control: false, steps: [] },
        {
          name: 'cascade',
          share: 7_000,
          control: false,
          steps: [
            {
              kind: 'cascade',
              id: 'c',
              stages: [
                { id: 'c.email', channel: 'email', template: 't', until: 'opened', within: hour },
                { id: 'c.sms', channel: 'sms', template: 't' },
              ],
            },
          ],
        },
      ],
    },
    {
      kind: 'if',
      id: 'if-3',
      condition: { kind: 'segment', type: 'boolean', name: 'loyal' },
      then: [{ kind: 'exit', id: 'if-3.then.exit-1', reason: 'enough' }],
      else: [],
    },
    { kind: 'send', id: 'send-4', channel: 'email', template: 't' },
  ],
});
const loyal = {
  name: 'loyal',
  where: {
    kind: 'and',
    type: 'boolean',
    operands: [atLeast(orders(), 3), atLeast(orders(day), 1), atLeast(orders(), 5)],
  },
} satisfies { name: string; where: Expression };

it('flattens a journey into rows that lead where its nesting leads', () => {
  const { first, steps } = compile(model({ segments: [loyal], campaigns: [nested] })).campaigns[0] ?? {};
  expect(first).toBe('wait-1');
  const ways = steps?.map((step) => {
    if (step.kind === 'split')
      return [step.id, ...step.arms.map((arm) => `${arm.name} [${arm.from}, ${arm.to}) → ${arm.next}`)];
    return [step.id, 'next' in step ? step.next : undefined, 'otherwise' in step ? step.otherwise : undefined];
  });
  expect(ways).toEqual([
    ['wait-1', 'offer', undefined],
    ['offer', 'control [0, 0.1) → null', 'nothing [0.1, 0.3) → if-3', 'cascade [0.3, 1) → c.email'],
    ['c.email', 'if-3', 'c.sms'],
    ['c.sms', 'if-3', 'if-3'],
    ['if-3', 'if-3.then.exit-1', 'send-4'],
    ['if-3.then.exit-1', undefined, undefined],
    ['send-4', null, null],
  ]);
});

it('writes segments out where they are named, and asks equal aggregates once', () => {
  const row = compile(model({ segments: [loyal], campaigns: [nested] })).campaigns[0]?.steps.find(
    (s) => s.id === 'if-3',
  );
  expect(row?.kind === 'if' && row.condition.aggregates).toEqual([orders(), orders(day)]);
  expect(canonical(row)).not.toContain('loyal');
});

it('hashes what a campaign does: not its title, not its texts, but the meaning of a segment it uses', () => {
  const hashOf = (part: Parameters<typeof model>[0]) => compile(model(part)).campaigns[0]?.hash;
  const before = hashOf({ segments: [loyal], campaigns: [nested] });
  expect(hashOf({ segments: [loyal], campaigns: [{ ...nested, title: 'Другое имя' }] })).toBe(before);
  expect(hashOf({ segments: [{ ...loyal, where: atLeast(orders(), 4) }], campaigns: [nested] })).not.toBe(before);
  expect(hashOf({ segments: [loyal], campaigns: [{ ...nested, priority: 1 }] })).not.toBe(before);
});

it('prints equal programs for equal models, whatever the order of their keys', () => {
  const one = compile(model({ segments: [loyal], campaigns: [nested] }));
  const reordered = JSON.parse(JSON.stringify(model({ segments: [loyal], campaigns: [nested] })), (_k, v) =>
    v && typeof v === 'object' && !Array.isArray(v) ? Object.fromEntries(Object.entries(v).reverse()) : v,
  );
  expect(canonical(compile(reordered))).toBe(canonical(one));
});

it('compiles a static segment to its name, and lists the files of those that have some', () => {
  const sources = [{ path: 'vips.csv', rename: {} }];
  const program = compile(
    model({
      segments: [
        { name: 'empty', sources: [] },
        { name: 'vips', title: 'The best', sources },
      ],
      holdouts: [{ name: 'global', share: 500, salt: 'global' }],
      variables: { discount: 10 },
    }),
  );
  expect(program.segments).toMatchObject([
    { name: 'empty' },
    {
      name: 'vips',
      title: 'The best',
      query: { predicate: { kind: 'listed', type: 'boolean', segment: 'vips' }, aggregates: [] },
    },
  ]);
  expect(program.lists).toEqual([{ name: 'vips', sources, hash: expect.stringMatching(/^[0-9a-f]{12}$/) }]);
  expect(program.holdouts).toMatchObject([{ name: 'global', share: 500, hash: expect.any(String) }]);
  expect(program.variables).toEqual({ discount: 10 });
});

it('leaves out how a source was declared that a preset fills in', () => {
  const program = (declared?: object) => {
    const sources = [{ path: 'a.csv', rename: { Email: 'email' }, known: ['Email'], ...(declared && { declared }) }];
    const { data } = model();
    const events = data.events.map((event) => ({ ...event, sources }));
    const streams = { consent: sources, feedback: sources, suppressions: sources };
    const customers = { ...data.customers, sources };
    return compile(model({ data: { ...data, customers, events, ...streams }, segments: [{ name: 'vips', sources }] }));
  };
  expect(program({ path: 'a.csv', preset: 'shopify-customers' })).toEqual(program());
});
