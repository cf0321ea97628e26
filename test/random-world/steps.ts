import fc from 'fast-check';
import type { Step, Trigger } from '../../spec/model/campaign.ts';
import type { Expression } from '../../spec/model/expression.ts';
import { day, hour, minute } from '../world.ts';
import { condition, literal, match } from './conditions.ts';

/** Parts of campaigns that only some worlds have, see test/rounds. */
export interface Wider {
  conditions: fc.Arbitrary<Expression>[];
  triggers: fc.Arbitrary<Trigger>[];
  steps: fc.Arbitrary<Step>[];
}

/** Often within the hour that clocks skip or repeat. */
export const timeOfDay = fc.oneof(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 60, max: 180 }));

const wait = fc.constantFrom(0, 30 * minute, 2 * hour, day);

const send = fc.constantFrom('email', 'sms', 'promo').chain((channel) =>
  fc.constantFrom(undefined, undefined, undefined, [{}, {}], [{ share: 2_500 }, {}, {}]).map(
    (drawn): Step => ({
      kind: 'send',
      id: '',
      channel,
      template: 't',
      ...(drawn && { variants: drawn.map((share, i) => ({ name: ['plain', 'warm', 'short'][i] ?? '', ...share })) }),
    }),
  ),
);

/** One or two messages at once. */
export const sends = fc.array(send, { minLength: 1, maxLength: 2 }).map((list) => numbered(list));

function steps(event: boolean, depth: number, wider?: Wider): fc.Arbitrary<Step[]> {
  const id = '';
  const inner = () => steps(event, depth - 1, wider);
  const leaf: fc.Arbitrary<Step>[] = [
    ...(wider?.steps ?? []),
    wait.map((ms): Step => ({ kind: 'wait', id, ms })),
    fc.tuple(timeOfDay, fc.subarray([1, 2, 5, 6, 7])).map(
      ([minuteOfDay, weekdays]): Step => ({
        kind: 'until',
        id,
        minuteOfDay,
        ...(weekdays.length > 0 && { weekdays }),
      }),
    ),
    send,
    send,
    fc.constant<Step>({ kind: 'webhook', id, channel: 'crm', fields: ['city'] }),
    fc
      .tuple(fc.constantFrom('opened', 'clicked'), fc.constantFrom(undefined, 'cheapest', 'preferred'), fc.boolean())
      .map(([until, order, dearFirst]): Step => {
        const waits = (channel: string) => ({ id: '', channel, template: 't', until, within: 3 * hour });
        const channels = dearFirst ? ['sms', 'email'] : ['email', 'sms'];
        if (order) return { kind: 'cascade', id, order, stages: channels.map(waits) };
        const [first = '', second = ''] = channels;
        return { kind: 'cascade', id, stages: [waits(first), { id: '', channel: second, template: 't' }] };
      }),
    fc.integer({ min: 0, max: 4 }).map(
      (more): Step => ({
        kind: 'set',
        id,
        values: [
          {
            attribute: 'points',
            value: {
              kind: 'arithmetic',
              type: 'integer',
              op: '+',
              left: { kind: 'attribute', type: 'integer', name: 'points' },
              right: literal('integer', more),
            },
          },
        ],
      }),
    ),
    fc.constantFrom<'add' | 'remove'>('add', 'remove').map((kind): Step => ({ kind, id, segment: 'list' })),
  ];
  const nested: fc.Arbitrary<Step>[] =
    depth === 0
      ? []
      : [
          fc
            .tuple(condition(event, wider?.conditions), inner(), inner())
            .map(([when, then, other]): Step => ({ kind: 'if', id, condition: when, then, else: other })),
          fc
            .tuple(match, fc.constantFrom(2 * hour, day), inner(), inner())
            .map(
              ([awaited, within, then, other]): Step => ({ kind: 'await', id, ...awaited, within, then, else: other }),
            ),
          fc.tuple(fc.integer({ min: 1, max: 9_999 }), fc.boolean(), fc.boolean(), inner(), inner()).map(
            ([share, control, redraw, a, b]): Step => ({
              kind: 'split',
              id,
              ...(redraw && { sticky: false }),
              ...(share % 3 === 0 && { winner: control ? 'b' : 'a' }),
              arms: [
                { name: 'a', share, control, steps: control ? [] : a },
                { name: 'b', share: 10_000 - share, control: false, steps: b },
              ],
            }),
          ),
        ];
  return fc.array(fc.oneof(...leaf, ...nested), { minLength: depth > 1 ? 1 : 0, maxLength: 3 });
}

/** Steps that often begin with a condition, reached at once or out of a wait. */
export function journey(event: boolean, wider?: Wider): fc.Arbitrary<Step[]> {
  const asks = fc
    .tuple(condition(event, wider?.conditions), steps(event, 1, wider), steps(event, 1, wider))
    .map(([when, then, other]): Step => ({ kind: 'if', id: '', condition: when, then, else: other }));
  const waits = fc.constantFrom(2 * hour, 10 * hour, day).map((ms): Step => ({ kind: 'wait', id: '', ms }));
  const opening = fc.oneof(
    { weight: 1, arbitrary: fc.constant<Step[]>([]) },
    { weight: 2, arbitrary: waits.map((wait) => [wait]) },
    { weight: 3, arbitrary: asks.map((step) => [step]) },
    { weight: 3, arbitrary: fc.tuple(waits, asks).map((both) => both) },
  );
  return fc.tuple(opening, steps(event, 2, wider)).map(([first, rest]) => numbered([...first, ...rest]));
}

/** Gives every step an id from its place. */
function numbered(list: Step[], prefix = ''): Step[] {
  return list.map((step, i): Step => {
    const id = `${prefix}${step.kind}-${i + 1}`;
    if (step.kind === 'if' || step.kind === 'await')
      return { ...step, id, then: numbered(step.then, `${id}.then.`), else: numbered(step.else, `${id}.else.`) };
    if (step.kind === 'split')
      return {
        ...step,
        id,
        arms: step.arms.map((arm) => ({ ...arm, steps: numbered(arm.steps, `${id}.${arm.name}.`) })),
      };
    if (step.kind === 'cascade')
      return { ...step, id, stages: step.stages.map((stage) => ({ ...stage, id: `${id}.${stage.channel}` })) };
    return { ...step, id };
  });
}
