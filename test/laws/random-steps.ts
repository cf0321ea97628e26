import fc, { type Arbitrary } from 'fast-check';
import type { Arm, CascadeStage, Step } from '../../spec/model/campaign.ts';
import type { EventKind } from '../../spec/model/data.ts';
import { condition, type Names, text } from './random-expression.ts';
import { assignments } from './random-values.ts';

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

/** The same with the variants of the template, none if it has none. */
export interface Sendable extends Message {
  among: string[];
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

/** The parts that steps may use besides names. */
export interface Means {
  messages: Sendable[];
  tasks: Message[];
  webhooks: string[];
  lists: string[];
}

/** Ids are put in afterwards. */
export function steps(names: Names, means: Means, depth: number): Arbitrary<Step[]> {
  const id = '';
  const sendable = fc.constantFrom(...means.messages);
  const message = sendable.map(({ channel, template }): Message => ({ channel, template }));
  const inner = () => steps(names, means, depth - 1);
  const maybeInner = () => fc.oneof(fc.constant<Step[]>([]), inner());
  const set = assignments(names);
  const leaf: Arbitrary<Step>[] = [
    duration.map((ms): Step => ({ kind: 'wait', id, ms })),
    clock.map((time): Step => ({ kind: 'until', id, ...time })),
    message.map((sent): Step => ({ kind: 'send', id, ...sent })),
    sendable.chain(varied),
    cascade(message),
    ...(set ? [set.map((values): Step => ({ kind: 'set', id, values }))] : []),
    ...means.lists.flatMap((segment) =>
      (['add', 'remove'] as const).map((kind) => fc.constant<Step>({ kind, id, segment })),
    ),
    ...means.webhooks.map((channel) => told(names).map((fields): Step => ({ kind: 'webhook', id, channel, fields }))),
    ...means.tasks.map((given) => fc.constant<Step>({ kind: 'task', id, ...given })),
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
          ...names.events.map((event) => awaited(names, event, maybeInner)),
        ];
  return fc.array(fc.oneof(...leaf, ...nested), { minLength: 1, maxLength: depth + 1 }).map(reachable);
}

const share = fc.option(fc.integer({ min: 1, max: 2_000 }), { nil: undefined });

/** A send that draws two or more of the variants of its template, if it has some; the first gets what is left. */
function varied({ channel, template, among }: Sendable): Arbitrary<Step> {
  const send: Step = { kind: 'send', id: '', channel, template };
  if (among.length < 2) return fc.constant(send);
  return fc
    .tuple(fc.shuffledSubarray(among, { minLength: 2 }), fc.array(share, { minLength: 3, maxLength: 3 }), fc.boolean())
    .map(
      ([names, shares, decided]): Step => ({
        ...send,
        ...(decided && names[1] !== undefined && { winner: names[1] }),
        variants: names.map((name, i) => {
          const own = i === 0 ? undefined : shares[i];
          return { name, ...(own !== undefined && { share: own }) };
        }),
      }),
    );
}

/** Decides about every second draw that has something to compare by; `valued`: the goal has a value. */
export function withDecisions(list: Step[], valued: boolean): Step[] {
  return list.map((step): Step => {
    const inner = (steps: Step[]) => withDecisions(steps, valued);
    if (step.kind === 'if' || step.kind === 'await') return { ...step, then: inner(step.then), else: inner(step.else) };
    const own =
      step.kind === 'split' ? { ...step, arms: step.arms.map((arm) => ({ ...arm, steps: inner(arm.steps) })) } : step;
    if (own.kind === 'split' && !own.arms.some(({ control }) => control)) return own;
    if (own.kind !== 'split' && !(own.kind === 'send' && own.variants)) return own;
    const arm = (own.kind === 'split' ? own.arms : (own.variants ?? []))[1]?.name ?? '';
    const otherwise = own.id.length % 3 === 0 ? undefined : { arm, within: 90 * 60_000 };
    return {
      ...own,
      ...(own.id.length % 2 === 0 && {
        decide: { by: valued ? 'revenue' : 'conversion', ...(otherwise && { otherwise }) },
      }),
    };
  });
}

const clock = fc
  .tuple(fc.nat({ max: 1439 }), fc.option(fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }), { nil: undefined }))
  .map(([minuteOfDay, weekdays]) => ({ minuteOfDay, ...(weekdays && { weekdays }) }));

function told({ attributes, event }: Names): Arbitrary<string[]> {
  const fields = [...attributes.map(({ name }) => name), ...(event?.fields ?? []).map(({ name }) => `event.${name}`)];
  return fc.array(fc.constantFrom(...fields), { maxLength: 3 });
}

function awaited(names: Names, event: EventKind, inner: () => Arbitrary<Step[]>): Arbitrary<Step> {
  const when = fc.option(condition({ ...names, event }), { nil: undefined });
  return fc.tuple(when, duration, inner(), inner()).map(
    ([asked, within, then, otherwise]): Step => ({
      kind: 'await',
      id: '',
      event: event.name,
      ...(asked && { when: asked }),
      within,
      then,
      else: otherwise,
    }),
  );
}

const waiting = fc.record({ until: fc.constantFrom('delivered', 'opened', 'clicked'), within: duration });

function cascade(message: Arbitrary<Message>): Arbitrary<Step> {
  return fc.oneof(writtenCascade(message), orderedCascade(message));
}

function orderedCascade(message: Arbitrary<Message>): Arbitrary<Step> {
  return fc
    .tuple(
      fc.constantFrom('cheapest', 'preferred'),
      fc.array(fc.tuple(message, waiting), { minLength: 1, maxLength: 3 }),
    )
    .map(
      ([order, stages]): Step => ({
        kind: 'cascade',
        id: '',
        order,
        stages: stages.map(([sent, more]) => ({ id: '', ...sent, ...more })),
      }),
    );
}

function writtenCascade(message: Arbitrary<Message>): Arbitrary<Step> {
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
      fc.boolean(),
    )
    .chain(([names, share, sticky]) =>
      fc.tuple(...names.map(() => arm)).map(
        (arms): Step => ({
          kind: 'split',
          id: '',
          ...(!sticky && { sticky: false }),
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

/** Removes the steps after one that ends the journey. */
function reachable(list: Step[]): Step[] {
  const end = list.findIndex(ends);
  return end === -1 ? list : list.slice(0, end + 1);
}

function ends(step: Step): boolean {
  if (step.kind === 'exit') return true;
  if (step.kind === 'if' || step.kind === 'await') return step.then.some(ends) && step.else.some(ends);
  return step.kind === 'split' && step.arms.every((arm) => arm.control || arm.steps.some(ends));
}

/** Gives every step the id of its place, or now and then one of its own. */
export function numbered(list: Step[], own: boolean[], prefix = '', count = { given: 0 }): Step[] {
  return list.map((step, index): Step => {
    const given = own[(index + prefix.length) % Math.max(1, own.length)] === true;
    const id = given
      ? `${words[count.given % words.length]}_${++count.given}`
      : `${prefix}${step.kind === 'until' || step.kind === 'await' ? 'wait' : step.kind}-${index + 1}`;
    if (step.kind === 'if' || step.kind === 'await') {
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

/** All ids in a journey, those of stages too. */
export function idsIn(list: Step[]): string[] {
  return list.flatMap((step) => {
    const inside =
      'then' in step
        ? [...step.then, ...step.else]
        : step.kind === 'split'
          ? step.arms.flatMap((arm) => arm.steps)
          : [];
    return [step.id, ...(step.kind === 'cascade' ? step.stages.map(({ id }) => id) : []), ...idsIn(inside)];
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
