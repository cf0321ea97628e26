import type { Await, Cascade, If, Split, Step } from '../../spec/model/campaign.ts';
import type { ArmRow, Next, SendRow, StepRow } from '../program/program.ts';
import { compileQuery, type Segments } from '../program/query.ts';

interface Context {
  campaign: string;
  segments: Segments;
  /** The price of one message, by channel. */
  prices: ReadonlyMap<string, number>;
  /** The id that a step had before it was moved, by the one it has. */
  moved: ReadonlyMap<string, string>;
  rows: StepRow[];
}

/** Flattens nested steps into rows linked by id. `after`: where the last of them leads. Returns the first one's id. */
export function flatten(steps: Step[], after: Next, context: Context): Next {
  let next = after;
  for (const step of steps.toReversed()) next = row(step, next, context);
  return next;
}

function row(step: Step, next: Next, context: Context): Next {
  const { rows, segments } = context;
  const { id } = step;
  switch (step.kind) {
    case 'wait':
      rows.unshift({ id, kind: 'wait', ms: step.ms, next });
      return id;
    case 'until': {
      const weekdays = step.weekdays?.reduce((bits, day) => bits | (1 << (day - 1)), 0);
      rows.unshift({ id, kind: 'until', minuteOfDay: step.minuteOfDay, ...(weekdays && { weekdays }), next });
      return id;
    }
    case 'send':
    case 'task':
      rows.unshift({ id, kind: 'send', channel: step.channel, template: step.template, next, otherwise: next });
      return id;
    case 'webhook':
      rows.unshift({ id, kind: 'send', channel: step.channel, template: step.fields.join(' '), next, otherwise: next });
      return id;
    case 'cascade':
      return step.order === 'preferred' ? preferred(step, next, rows) : cascade(step, next, context);
    case 'split':
      return split(step, next, context);
    case 'if':
      return fork(step, next, context, { kind: 'if', condition: compileQuery(step.condition, segments) });
    case 'await': {
      const { event, when, within } = step;
      const match = when ? { event, when: compileQuery(when, segments) } : { event };
      return fork(step, next, context, { kind: 'await', match, within });
    }
    case 'set': {
      const values = step.values.map(({ attribute, value }) => ({ attribute, value: compileQuery(value, segments) }));
      rows.unshift({ id, kind: 'set', values, next });
      return id;
    }
    case 'add':
    case 'remove':
      rows.unshift({ id, kind: step.kind, segment: step.segment, next });
      return id;
    case 'exit':
      rows.unshift({ id, kind: 'exit', reason: step.reason });
      return id;
  }
}

type Fork = Extract<StepRow, { kind: 'if' | 'await' }>;
type Own<T> = T extends unknown ? Omit<T, 'id' | 'next' | 'otherwise'> : never;

function fork(step: If | Await, after: Next, context: Context, own: Own<Fork>): Next {
  const otherwise = flatten(step.else, after, context);
  const next = flatten(step.then, after, context);
  context.rows.unshift({ id: step.id, ...own, next, otherwise });
  return step.id;
}

/** The last stage waits for nothing; where the order is by price, that may be any. */
function cascade(step: Cascade, after: Next, { prices, rows }: Context): Next {
  const price = ({ channel }: { channel: string }) => prices.get(channel) ?? 0;
  const stages = step.order === 'cheapest' ? step.stages.toSorted((a, b) => price(a) - price(b)) : step.stages;
  let otherwise = after;
  for (const [i, { id, channel, template, until, within }] of [...stages.entries()].toReversed()) {
    const send: SendRow = { id, kind: 'send', channel, template, next: after, otherwise };
    rows.unshift(until && within && i < stages.length - 1 ? { ...send, until, within } : send);
    otherwise = id;
  }
  return otherwise;
}

/** Every stage leads back to where the next one is chosen. */
function preferred({ id, stages }: Cascade, next: Next, rows: StepRow[]): Next {
  const sends = stages.map(({ id: own, channel, template, until, within }): SendRow => {
    const send: SendRow = { id: own, kind: 'send', channel, template, next, otherwise: id };
    return until && within ? { ...send, until, within } : send;
  });
  const choice = stages.map(({ id: own, channel }) => ({ id: own, channel }));
  rows.unshift({ id, kind: 'prefer', stages: choice, next }, ...sends);
  return id;
}

/** The salt names campaign and step, so that experiments are independent of each other. */
function split(step: Split, after: Next, context: Context): Next {
  let reached = 0;
  const arms = step.arms.map((arm): ArmRow => {
    const from = reached / 10_000;
    reached += arm.share;
    return { name: arm.name, control: arm.control, from, to: reached / 10_000, next: null };
  });
  for (const [i, arm] of [...step.arms.entries()].toReversed()) {
    const compiled = arms[i];
    if (compiled && !arm.control) compiled.next = flatten(arm.steps, after, context);
  }
  const { id, sticky } = step;
  const salt = `${context.campaign}/${context.moved.get(id) ?? id}`;
  context.rows.unshift({ id, kind: 'split', salt, ...(sticky === false && { sticky }), arms });
  return id;
}
