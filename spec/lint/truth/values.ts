/** A set of values: of numbers, disjoint intervals in ascending order; of other values, some or all but some. */
export type Values = Numbers | Words;

export interface Numbers {
  kind: 'numbers';
  /** Whole numbers only: bounds are then whole, and belong to their interval. */
  whole: boolean;
  intervals: Interval[];
}

export interface Interval {
  from: Bound;
  to: Bound;
}

export interface Bound {
  at: number;
  open: boolean;
}

export interface Words {
  kind: 'words';
  /** True if `words` are those that belong to the set; false: those that do not. */
  only: boolean;
  words: ReadonlySet<string>;
}

const least: Bound = { at: Number.NEGATIVE_INFINITY, open: true };
const greatest: Bound = { at: Number.POSITIVE_INFINITY, open: true };

export function words(only: boolean, list: Iterable<string>): Words {
  return { kind: 'words', only, words: new Set(list) };
}

/** Returns the values between two bounds, which are included unless they are infinite. */
export function between(from: number, to: number, whole: boolean): Numbers {
  return numbers(whole, [{ from: bound(from, false), to: bound(to, false) }]);
}

/** `x < at` and the like. */
export function half(op: '<' | '<=' | '>' | '>=', at: number, whole: boolean): Numbers {
  const edge = bound(at, op === '<' || op === '>');
  return numbers(whole, [op.startsWith('<') ? { from: least, to: edge } : { from: edge, to: greatest }]);
}

export function isEmpty(values: Values): boolean {
  return values.kind === 'words' ? values.only && values.words.size === 0 : values.intervals.length === 0;
}

export function complement(values: Values): Values {
  if (values.kind === 'words') return { ...values, only: !values.only };
  const gaps: Interval[] = [];
  let from = least;
  for (const interval of values.intervals) {
    gaps.push({ from, to: turned(interval.from) });
    from = turned(interval.to);
  }
  gaps.push({ from, to: greatest });
  return numbers(values.whole, gaps);
}

/** Returns the values in both sets. Of one thing's values only none or all are of another kind than the rest. */
export function intersection(a: Values, b: Values): Values {
  if (a.kind === 'words' && b.kind === 'words') return commonWords(a, b);
  if (a.kind === 'words') return isEmpty(a) ? a : b;
  if (b.kind === 'words') return isEmpty(b) ? b : a;
  const common = a.intervals.flatMap((one) =>
    b.intervals.map((other) => ({ from: later(one.from, other.from), to: earlier(one.to, other.to) })),
  );
  return numbers(a.whole || b.whole, common);
}

function commonWords(a: Words, b: Words): Words {
  if (a.only)
    return words(
      true,
      [...a.words].filter((word) => b.words.has(word) === b.only),
    );
  return b.only ? commonWords(b, a) : words(false, [...a.words, ...b.words]);
}

function numbers(whole: boolean, intervals: Interval[]): Numbers {
  const tidy = whole ? intervals.map(({ from, to }) => ({ from: up(from), to: down(to) })) : intervals;
  const filled = tidy.filter(({ from, to }) => from.at < to.at || (from.at === to.at && !from.open && !to.open));
  return { kind: 'numbers', whole, intervals: filled };
}

function bound(at: number, open: boolean): Bound {
  return { at, open: open || !Number.isFinite(at) };
}

function up({ at, open }: Bound): Bound {
  return bound(open && Number.isInteger(at) ? at + 1 : Math.ceil(at), false);
}

function down({ at, open }: Bound): Bound {
  return bound(open && Number.isInteger(at) ? at - 1 : Math.floor(at), false);
}

/** The bound of what lies beyond. */
function turned({ at, open }: Bound): Bound {
  return bound(at, !open);
}

function later(a: Bound, b: Bound): Bound {
  return a.at > b.at || (a.at === b.at && a.open) ? a : b;
}

function earlier(a: Bound, b: Bound): Bound {
  return a.at < b.at || (a.at === b.at && a.open) ? a : b;
}
