import fc, { type Arbitrary } from 'fast-check';
import type { Arm, CascadeStage, Step } from '../../spec/model/campaign.ts';
import { condition, type Names, text } from './random-expression.ts';

/** Milliseconds, of all sizes. */
export const duration = fc.oneof(
  fc.constantFrom(1, 1_500, 60_000, 5_400_000, 7_200_000, 129_600_000, 604_800_000),
  fc.integer({ min: 1, max: 3_652_500 * 86_400_000 }),
);

/** A message that exists: a channel with one of its templates. */
export interface Message {
  channel: string;
  template: string;
}

/** Names that mean something elsewhere in the DSL, and others. */
export const words = [
  'offer',
  'Plain-1',
  'as',
  'if',
  'else',
  'exit',
  'on',
  'true',
  'until',
  'control',
  'cascade',
  'a_b',
  'steps',
];

/** Ids are put in afterwards. */
export function steps(names: Names, messages: Message[], depth: number): Arbitrary<Step[]> {
  const id = '';
  const message = fc.constantFrom(...messages);
  const inner = () => steps(names, messages, depth - 1);
  const leaf: Arbitrary<Step>[] = [
    duration.map((ms): Step => ({ kind: 'wait', id, ms })),
    fc.nat({ max: 1439 }).map((minuteOfDay): Step => ({ kind: 'until', id, minuteOfDay })),
    message.map((sent): Step => ({ kind: 'send', id, ...sent })),
    cascade(message),
    fc
      .oneof(fc.constantFrom('exit', 'on', 'as', 'bye'), text)
      .map((reason): Step => ({ kind: 'exit', id, reason: reason || 'x' })),
  ];
  const nested =
    depth === 0
      ? []
      : [
          fc
            .tuple(condition(names), inner(), fc.oneof(fc.constant<Step[]>([]), inner()))
            .map(([when, then, otherwise]): Step => ({ kind: 'if', id, condition: when, then, else: otherwise })),
          split(inner),
        ];
  return fc.array(fc.oneof(...leaf, ...nested), { minLength: 1, maxLength: depth + 1 }).map(reachable);
}

function cascade(message: Arbitrary<Message>): Arbitrary<Step> {
  const waiting = fc.record({ until: fc.constantFrom('delivered', 'opened', 'clicked'), within: duration });
  return fc.tuple(fc.array(fc.tuple(message, waiting), { maxLength: 2 }), message).map(([before, last]): Step => {
    const stages: CascadeStage[] = [
      ...before.map(([sent, more]) => ({ id: '', ...sent, ...more })),
      { id: '', ...last },
    ];
    return { kind: 'cascade', id: '', stages };
  });
}

function split(inner: () => Arbitrary<Step[]>): Arbitrary<Step> {
  const arm = fc.record({ control: fc.boolean(), steps: fc.oneof(fc.constant<Step[]>([]), inner()) });
  return fc
    .tuple(
      fc.uniqueArray(fc.constantFrom(...words), { minLength: 2, maxLength: 3 }),
      fc.integer({ min: 1, max: 4_999 }),
    )
    .chain(([names, share]) =>
      fc.tuple(...names.map(() => arm)).map(
        (arms): Step => ({
          kind: 'split',
          id: '',
          arms: arms.map((one, index): Arm => {
            const rest = 10_000 - share * (arms.length - 1);
            return {
              name: names[index] ?? '',
              share: index === 0 ? rest : share,
              control: one.control,
              steps: one.control ? [] : one.steps,
            };
          }),
        }),
      ),
    )
    .filter((step) => step.kind === 'split' && step.arms.every((arm) => arm.share > 0));
}

/** Nothing stands behind a step that ends the journey. */
function reachable(list: Step[]): Step[] {
  const end = list.findIndex(ends);
  return end === -1 ? list : list.slice(0, end + 1);
}

function ends(step: Step): boolean {
  if (step.kind === 'exit') return true;
  if (step.kind === 'if') return step.then.some(ends) && step.else.some(ends);
  return step.kind === 'split' && step.arms.every((arm) => arm.control || arm.steps.some(ends));
}

/** Gives every step the id of its place, or now and then one of its own. */
export function numbered(list: Step[], own: boolean[], prefix = '', count = { given: 0 }): Step[] {
  return list.map((step, index): Step => {
    const given = own[(index + prefix.length) % Math.max(1, own.length)] === true;
    const id = given
      ? `${words[count.given % words.length]}_${++count.given}`
      : `${prefix}${step.kind === 'until' ? 'wait' : step.kind}-${index + 1}`;
    if (step.kind === 'if') {
      const then = numbered(step.then, own, `${id}.then.`, count);
      return { ...step, id, then, else: numbered(step.else, own, `${id}.else.`, count) };
    }
    if (step.kind === 'split') {
      const arms = step.arms.map((arm) => ({ ...arm, steps: numbered(arm.steps, own, `${id}.${arm.name}.`, count) }));
      return { ...step, id, arms };
    }
    if (step.kind === 'cascade') return { ...step, id, stages: staged(step.stages, id) };
    return { ...step, id };
  });
}

function staged(stages: CascadeStage[], cascade: string): CascadeStage[] {
  const seen = new Map<string, number>();
  return stages.map((stage) => {
    const count = (seen.get(stage.channel) ?? 0) + 1;
    seen.set(stage.channel, count);
    return { ...stage, id: `${cascade}.${stage.channel}${count > 1 ? `-${count}` : ''}` };
  });
}
