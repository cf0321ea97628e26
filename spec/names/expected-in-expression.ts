import { aggregateFunctions } from '../expression/operators/aggregates.ts';
import { functionNames, infixWords } from '../expression/operators/registry.ts';
import * as t from '../expression/tokens.ts';
import { type Token, type TokenType, tokenMatcher } from '../words/tokens.ts';
import { type Meaning, meaningAt, ownerNamed } from './expression-names.ts';
import type { NameKind } from './mention.ts';

/** The words that are allowed at the end of a half-written expression. */
export interface ExpectedInExpression {
  /** Names of these kinds; of fields, those of `owner`. */
  names: { kind: NameKind; owner?: string }[];
  words: readonly string[];
  /** True if the text is a whole expression, which may be followed by something else. */
  complete: boolean;
}

const values: readonly string[] = [
  ...['not', 'in segment', 'customer', 'rfm', 'now', 'today', 'true', 'false'],
  ...['any', 'all', 'top', 'bottom', ...functionNames],
];
const durations: readonly string[] = ['2 hours', '1 day', '7 days', '30 days', '90 days'];
const scores: readonly string[] = ['recency', 'frequency', 'monetary'];

/** `text`: the expression as far as it is written; `event`: the name of the event that `event` means in it. */
export function expectedInExpression(text: string, event: string | undefined): ExpectedInExpression {
  const { tokens: all } = t.tokenizeExpression(text);
  const last = all.at(-1);
  if (last?.tokenType === t.OpenText) return nothing;
  // The word at the end is what is being written.
  const ends = last !== undefined && last.startOffset + last.image.length === text.length;
  const tokens = ends && /[\p{L}\p{N}_-]$/u.test(last.image) && !/^\d/.test(last.image) ? all.slice(0, -1) : all;
  return follow(tokens, meaningAt(tokens, { ...(event !== undefined && { event }), items: new Map() }));
}

const nothing: ExpectedInExpression = { names: [], words: [], complete: false };
const only = (...kinds: NameKind[]): ExpectedInExpression => ({ ...nothing, names: kinds.map((kind) => ({ kind })) });
const say = (words: readonly string[]): ExpectedInExpression => ({ ...nothing, words });

function follow(tokens: readonly Token[], meaning: Meaning): ExpectedInExpression {
  const [before, last] = [tokens.at(-2), tokens.at(-1)];
  const afterValue = before !== undefined && isValue(before);
  switch (last?.tokenType) {
    case t.Dot:
      return before ? inside(before.image, meaning) : nothing;
    case t.Segment:
      return before?.tokenType === t.In ? only('segment') : operator(tokens);
    case t.LParen:
      return opened(before, meaning);
    case t.In:
      if (quantified(tokens)) return list(meaning);
      return say(afterValue ? ['segment', 'last', '('] : ['segment']);
    case t.Is:
      return say(['missing', 'not missing']);
    case t.Not:
      if (before?.tokenType === t.Is) return say(['missing']);
      if (before?.tokenType === t.Then) return only('event');
      return afterValue ? say(['in', 'between', 'contains', 'starts with', 'ends with', 'matches']) : value(meaning);
    case t.Starts:
    case t.Ends:
      return say(['with']);
    case t.Then:
      return { ...only('event'), words: ['not'] };
    case t.Within:
      return say(durations);
    case t.Last:
      return before?.tokenType === t.In ? say(durations) : operator(tokens);
    case t.Top:
    case t.Bottom:
      return say(['10% by', '20% by']);
    case t.Percent:
      return say(['by']);
    default:
      return last && isValue(last) ? operator(tokens) : value(meaning);
  }
}

/** Behind `owner.`. */
function inside(owner: string, meaning: Meaning): ExpectedInExpression {
  if (owner === 'customer') return only('attribute');
  if (owner === 'rfm') return say(scores);
  const owned = ownerNamed(owner, meaning);
  return owned === undefined ? nothing : { ...nothing, names: [{ kind: 'field', owner: owned }] };
}

/** Behind a parenthesis. */
function opened(before: Token | undefined, meaning: Meaning): ExpectedInExpression {
  if (before && tokenMatcher(before, t.ChannelWord)) return only('channel');
  if (aggregateFunctions.some((fn) => fn === before?.image)) return only('event');
  return value(meaning);
}

function list({ event }: Meaning): ExpectedInExpression {
  return { ...only('attribute', 'event'), words: event === undefined ? [] : ['event'] };
}

function value({ event, items }: Meaning): ExpectedInExpression {
  return {
    ...only('attribute', 'event', 'variable'),
    words: [...items.keys(), ...(event === undefined ? [] : ['event']), ...values],
  };
}

function operator(tokens: readonly Token[]): ExpectedInExpression {
  const depth = tokens.reduce(
    (open, { tokenType }) => open + (tokenType === t.LParen ? 1 : tokenType === t.RParen ? -1 : 0),
    0,
  );
  const has = (type: TokenType) => tokens.some(({ tokenType }) => tokenType === type);
  const words = [
    ...(tokens.at(-1)?.tokenType === t.DurationLiteral ? ['ago'] : []),
    ...(has(t.Then) ? ['within', 'in last'] : ['then']),
    ...(depth > 0 || has(t.Any) || has(t.All) ? ['where'] : []),
    ...(depth > 0 ? ['in last'] : []),
    ...infixWords,
  ];
  return { ...nothing, words: [...new Set(words)], complete: depth === 0 };
}

/** `any item in`, and `count(item in`, whose word looks like an event with `in last`. */
function quantified(tokens: readonly Token[]): boolean {
  const third = tokens.at(-3);
  return third !== undefined && tokenMatcher(third, t.Quantifier);
}

const closing = new Set<TokenType>([
  ...[t.RParen, t.Text, t.NumberLiteral, t.DateLiteral, t.InstantLiteral, t.DurationLiteral, t.MoneyLiteral],
  ...[t.Kebab, t.Variable, t.Ago, t.Missing, t.True, t.False, t.Now, t.Null],
]);
const unfinishedTypes = new Set<TokenType>([t.Where, t.By, t.With, t.Contains, t.Matches]);

/** Returns true if a value may end with the token. */
function isValue(token: Token): boolean {
  return closing.has(token.tokenType) || (tokenMatcher(token, t.Word) && !unfinishedTypes.has(token.tokenType));
}
