import { many } from '../words/many.ts';
import { suggest } from '../words/suggest.ts';
import { t } from '../words/t.ts';
import type { Mistake } from './scope.ts';
import { describe, type Shape, text, unknown } from './shape.ts';

/** The helpers that templates may call to print; `engine/delivery/render/helpers.ts` is what they do. */
export const helperNames = ['default', 'money', 'number', 'date', 'url', 'link', 'plural'] as const;
export type HelperName = (typeof helperNames)[number];

export const blockNames = ['if', 'unless', 'each', 'with'] as const;

export const dateStyles = ['short', 'medium', 'long', 'full', 'time', 'datetime'] as const;
export type DateStyle = (typeof dateStyles)[number];

export const pluralForms = ['zero', 'one', 'two', 'few', 'many', 'other'] as const;

export interface Argument {
  shape: Shape;
  /** The text that is written in the call itself. */
  literal?: string;
}

export interface Call {
  params: Argument[];
  hash: Map<string, Argument>;
}

interface Signature {
  usage: string;
  min: number;
  max: number;
  hash?: readonly string[];
  check(call: Call): Mistake | undefined;
  result(call: Call): Shape;
}

const numeric = ['integer', 'number', 'money'];

const signatures: Record<HelperName, Signature> = {
  default: { usage: '{{default value "fallback"}}', min: 2, max: 2, check: allScalar, result: defaultShape },
  money: {
    usage: '{{money event.total}}',
    min: 1,
    max: 1,
    check: takes(numeric, (found) => t`This helper takes an amount, not a ${found}`),
    result: () => text,
  },
  number: {
    usage: '{{number event.items_count}}',
    min: 1,
    max: 1,
    check: takesNumber,
    result: () => text,
  },
  date: { usage: '{{date event.at "long"}}', min: 1, max: 2, check: checkDate, result: () => text },
  url: { usage: '{{url customer.id}}', min: 1, max: 1, check: allScalar, result: () => text },
  link: {
    usage: '{{link event.page}}',
    min: 1,
    max: 1,
    check: takes(['string'], (found) => t`This helper takes a text, not a ${found}`),
    result: linkShape,
  },
  plural: {
    usage: '{{plural event.items_count one="item" other="items"}}',
    min: 1,
    max: 1,
    hash: pluralForms,
    check: checkPlural,
    result: () => text,
  },
};

export function isHelper(name: string): name is HelperName {
  return Object.hasOwn(signatures, name);
}

export function unknownHelper(name: string): Mistake {
  const meant = suggest(name, [...helperNames, ...blockNames.map((block) => `#${block}`)]);
  const help = meant
    ? t`Did you mean \`${meant}\`?`
    : t`There are ${helperNames.join(', ')}; blocks: ${blockNames.join(', ')}.`;
  return { code: 'CRM3011', message: t`There is no helper \`${name}\``, help, part: name };
}

/** Returns the shape of a call's result, and the mistake in it. */
export function checkCall(name: HelperName, call: Call): { shape: Shape; mistake?: Mistake } {
  const signature = signatures[name];
  const mistake = arity(name, signature, call) ?? strangeKey(name, signature, call) ?? signature.check(call);
  return mistake
    ? { shape: unknown, mistake: { help: signature.usage, ...mistake } }
    : { shape: signature.result(call) };
}

function arity(name: string, { min, max }: Signature, { params }: Call): Mistake | undefined {
  if (params.length >= min && params.length <= max) return undefined;
  return wrong(
    min === max
      ? t`\`${name}\` takes ${many(max, 'value')}, not ${params.length}`
      : t`\`${name}\` takes ${min} or ${many(max, 'value')}, not ${params.length}`,
  );
}

function strangeKey(name: string, { hash = [] }: Signature, call: Call): Mistake | undefined {
  for (const key of call.hash.keys()) {
    if (hash.includes(key)) continue;
    const meant = suggest(key, hash);
    return { ...wrong(t`\`${name}\` has no option \`${key}\``), ...(meant && { help: t`Did you mean \`${meant}\`?` }) };
  }
  return undefined;
}

function takesNumber(call: Call): Mistake | undefined {
  return takes(numeric, (found) => t`This helper takes a number, not a ${found}`)(call);
}

function takes(types: string[], otherwise: (found: string) => string): (call: Call) => Mistake | undefined {
  return ({ params }) => {
    const shape = params[0]?.shape ?? unknown;
    const fits =
      shape.kind === 'unknown' || (shape.kind === 'value' && (types.includes(shape.type) || alike(shape.type, types)));
    return fits ? undefined : wrong(otherwise(describe(shape)));
  };
}

/** E-mail addresses and the like are texts. */
function alike(type: string, types: string[]): boolean {
  return types.includes('string') && ['email', 'phone', 'timezone', 'locale', 'country'].includes(type);
}

function allScalar({ params }: Call): Mistake | undefined {
  const found = params.find(({ shape }) => shape.kind === 'list' || shape.kind === 'record');
  return found && wrong(t`This helper takes a single value, not a ${describe(found.shape)}`);
}

function checkDate(call: Call): Mistake | undefined {
  const mistake = takes(
    ['date', 'instant'],
    (found) => t`This helper takes a date or an instant, not a ${found}`,
  )(call);
  const style = call.params[1];
  if (mistake || !style) return mistake;
  const allowed = dateStyles.join(', ');
  if (style.literal === undefined)
    return { ...wrong(t`The style of a date must be written out`), help: t`One of ${allowed}.` };
  const { literal } = style;
  const shape = call.params[0]?.shape;
  if (shape?.kind === 'value' && shape.type === 'date' && (literal === 'time' || literal === 'datetime')) {
    return wrong(t`A date has no time of day`);
  }
  if (dateStyles.some((known) => known === literal)) return undefined;
  const meant = suggest(literal, dateStyles);
  return {
    ...wrong(t`There is no date style \`${literal}\``),
    help: meant ? t`Did you mean \`${meant}\`?` : t`One of ${allowed}.`,
  };
}

function checkPlural(call: Call): Mistake | undefined {
  if (!call.hash.has('other')) return wrong(t`\`plural\` needs at least the form other="…"`);
  return takesNumber(call) ?? allScalar({ params: [...call.hash.values()], hash: new Map() });
}

function defaultShape({ params }: Call): Shape {
  const [value, fallback] = params.map(({ shape }) => shape);
  const same = value?.kind === 'value' && fallback?.kind === 'value';
  if (!same) return unknown;
  const bothNumeric = numeric.includes(value.type) && numeric.includes(fallback.type);
  return value.type === fallback.type || bothNumeric ? { kind: 'value', type: value.type } : text;
}

/** A whole address that was there before stays one. */
function linkShape({ params: [address] }: Call): Shape {
  return address?.shape.kind === 'value' && address.shape.trusted ? address.shape : text;
}

function wrong(message: string): Mistake {
  return { code: 'CRM3012', message };
}
