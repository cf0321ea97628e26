import { later } from '../words/t.ts';
import { createType, endOfMatch, type Token, type TokenType } from '../words/tokens.ts';

/** Any word, reserved or not: what may follow a point. */
export const AnyWord = createType('AnyWord', later`a name`);
export const LogicOperator = createType('LogicOperator', later`"and" or "or"`);
export const ArithmeticOperator = createType('ArithmeticOperator', later`an operator`);
export const CompareOperator = createType('CompareOperator', later`a comparison`);
export const ChannelWord = createType('ChannelWord', later`"reachable" or "consent"`);
export const EndWord = createType('EndWord', later`"top" or "bottom"`);
export const Quantifier = createType('Quantifier', later`"any" or "all"`);
export const Word = createType('Word', later`a name`, AnyWord);

const words = new Map<string, TokenType>();

function createWord(word: string, ...categories: TokenType[]): TokenType {
  const type = createType(`Word:${word}`, `"${word}"`, ...categories);
  words.set(word, type);
  return type;
}

/** A word that can never be an attribute's bare name; `customer.now` reaches an attribute called so. */
const reserved = (word: string, ...categories: TokenType[]) => createWord(word, AnyWord, ...categories);
/** A word with a meaning in its place only. */
const soft = (word: string, ...categories: TokenType[]) => createWord(word, Word, ...categories);

export const Or = reserved('or', LogicOperator);
export const And = reserved('and', LogicOperator);
export const Not = reserved('not');
export const Is = reserved('is');
export const In = reserved('in');
export const Between = reserved('between');
export const True = reserved('true');
export const False = reserved('false');
export const Now = reserved('now');

export const Missing = soft('missing');
export const Ago = soft('ago');
export const Segment = soft('segment');
export const Reachable = soft('reachable', ChannelWord);
export const Where = soft('where');
export const Last = soft('last');
export const Consent = soft('consent', ChannelWord);
export const Contains = soft('contains');
export const Starts = soft('starts');
export const Ends = soft('ends');
export const Matches = soft('matches');
export const With = soft('with');
export const Then = soft('then');
export const Within = soft('within');
export const Top = soft('top', EndWord);
export const Bottom = soft('bottom', EndWord);
export const By = soft('by');
export const Any = soft('any', Quantifier);
export const All = soft('all', Quantifier);

export const LParen = createType('LParen', '"("');
export const RParen = createType('RParen', '")"');
export const Comma = createType('Comma', '","');
export const Dot = createType('Dot', '"."');
export const Compare = createType('Compare', later`a comparison`, CompareOperator);
export const Minus = createType('Minus', '"-"', ArithmeticOperator);
const Arithmetic = createType('Arithmetic', later`an operator`, ArithmeticOperator);

// Signs that people bring along from other languages: parsed as what is meant, and reported.
export const ForeignCompare = createType('ForeignCompare', later`a comparison`, CompareOperator);
export const ForeignAnd = createType('ForeignAnd', '"and"', And);
export const ForeignOr = createType('ForeignOr', '"or"', Or);
export const ForeignNot = createType('ForeignNot', '"not"', Not);
export const Null = createType('Null', '"missing"', Missing);
const foreign: [string, TokenType][] = [
  ...[['AND', ForeignAnd] as const, ['OR', ForeignOr] as const, ['NOT', ForeignNot] as const],
  ...[['null', Null] as const, ['NULL', Null] as const],
].map(([word, type]) => [word, type]);
for (const [word, type] of foreign) words.set(word, type);

export const Text = createType('Text', later`a string`);
export const OpenText = createType('OpenText', later`a string`, Text);
/** A text in the quotation marks of a word processor. */
export const CurlyText = createType('CurlyText', later`a string`, Text);
export const InstantLiteral = createType('Instant', later`an instant`);
export const DateLiteral = createType('Date', later`a date`);
export const NumberLiteral = createType('Number', later`a number`);
export const DurationLiteral = createType('Duration', later`a duration`);
/** A variable of the project. */
export const Variable = createType('Variable', later`a variable`);
/** `10%`, where it cannot be meant otherwise. */
export const Percent = createType('Percent', later`a share such as 10%`);
/** `500 RUB`; other words in capitals after a number are units of time or operators of other languages. */
export const MoneyLiteral = createType('Money', later`an amount of money`);
/** Segments and channels may have hyphens in their names, which elsewhere are minus signs. */
export const Kebab = createType('Kebab', later`a name`);

/** The words with a meaning of their own. */
export const ownWords: readonly string[] = [...words.keys()].filter((word) => !foreign.some(([one]) => one === word));

// Any word counts as a unit here, so that a misspelt one can be explained; these words cannot be meant as one, not even
// with a Cyrillic letter in them.
const amount = String.raw`\d+(?:\.\d+)?[ \t]*(?!(?:[aа]nd|[oо]r|n[oо]t|[iі]n|[iі]s|between|where|ago|AND|OR|NOT)(?!\p{L})|[eE][+-]?\d)\p{L}+`;

interface Pattern {
  type: TokenType;
  pattern: RegExp;
  /** Absent: it may follow anything. */
  follows?(before: readonly Token[]): boolean;
}

const named: Pattern = { type: Kebab, pattern: /[\p{L}\p{N}_][\p{L}\p{N}_-]*/uy, follows: namesResource };

/** The patterns in order of precedence, by the characters that they begin with. */
const families: { first: RegExp; patterns: Pattern[] }[] = [
  { first: /[\p{L}_]/u, patterns: [named, { type: Word, pattern: /[\p{L}_][\p{L}\p{N}_]*/uy }] },
  {
    first: /\p{N}/u,
    patterns: [
      named,
      {
        type: Percent,
        pattern: /\d+(?:\.\d+)?[ \t]*%/y,
        follows: (before) => [Top, Bottom].some((type) => type === before.at(-1)?.tokenType),
      },
      { type: InstantLiteral, pattern: /\d{4}-\d\d-\d\d[Tt][\d:.]+(?:[Zz]|[+-]\d\d:?\d\d)?/y },
      { type: DateLiteral, pattern: /\d{4}-\d\d-\d\d/y },
      {
        type: MoneyLiteral,
        pattern: /\d+(?:\.\d+)?[ \t]*(?!AND|NOT|DAY|MIN|SEC|HRS)[A-Z]{3}(?![\p{L}\p{N}_])/uy,
      },
      { type: DurationLiteral, pattern: new RegExp(`${amount}(?:[ \\t]*${amount})*`, 'uy') },
      { type: NumberLiteral, pattern: /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y },
    ],
  },
  {
    first: /["'“”„«‘’‚‹]/,
    patterns: [
      { type: Text, pattern: /"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*'/y },
      { type: OpenText, pattern: /"(?:[^"\\\r\n]|\\.)*\\?|'(?:[^'\\\r\n]|\\.)*\\?/y },
      { type: CurlyText, pattern: /[“”„«‘’‚‹](?:[^"'“”„«»‘’‚‹›\r\n])*[“”»‘’›"']/y },
    ],
  },
  {
    first: /./su,
    patterns: [
      { type: Variable, pattern: /\$[A-Za-z_][A-Za-z0-9_]*/y },
      { type: ForeignCompare, pattern: /===|!==|<>|=<|=>|=(?!=)/y },
      { type: Compare, pattern: /==|!=|<=|>=|<|>/y },
      { type: LParen, pattern: /\(/y },
      { type: RParen, pattern: /\)/y },
      { type: Comma, pattern: /,/y },
      { type: Dot, pattern: /\./y },
      { type: Minus, pattern: /-/y },
      { type: Arithmetic, pattern: /[+*/]/y },
      { type: ForeignAnd, pattern: /&&?/y },
      { type: ForeignOr, pattern: /\|\|?/y },
      { type: ForeignNot, pattern: /!/y },
    ],
  },
];

const patternsOf = new Map<string, Pattern[]>();

function patternsAt(text: string, offset: number): Pattern[] {
  const first = String.fromCodePoint(text.codePointAt(offset) ?? 0);
  let patterns = patternsOf.get(first);
  if (!patterns) {
    patterns = families.find((family) => family.first.test(first))?.patterns ?? [];
    patternsOf.set(first, patterns);
  }
  return patterns;
}

function namesResource(before: readonly Token[]): boolean {
  const last = before.at(-1)?.tokenType;
  const previous = before.at(-2)?.tokenType;
  return (last === Segment && previous === In) || (last === LParen && (previous === Reachable || previous === Consent));
}

/** A part of a text that is no token. */
export interface Unknown {
  offset: number;
  length: number;
}

const space = /\s+/y;

/** Text that is no token is a separate error, and the tokens stay. */
export function tokenizeExpression(text: string): { tokens: Token[]; unknown: Unknown[] } {
  const tokens: Token[] = [];
  const unknown: Unknown[] = [];
  let at = 0;
  while (at < text.length) {
    const behind = endOfMatch(space, text, at);
    const end = behind === -1 ? readToken(text, at, tokens) : behind;
    if (end !== -1) at = end;
    else {
      const length = (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
      const last = unknown.at(-1);
      if (last && last.offset + last.length === at) last.length += length;
      else unknown.push({ offset: at, length });
      at += length;
    }
  }
  return { tokens, unknown };
}

/** Adds the token at an offset, and returns its end; -1: there is none. */
function readToken(text: string, at: number, tokens: Token[]): number {
  for (const { type, pattern, follows } of patternsAt(text, at)) {
    if (follows && !follows(tokens)) continue;
    const end = endOfMatch(pattern, text, at);
    if (end === -1) continue;
    const image = text.slice(at, end);
    tokens.push({ image, tokenType: type === Word ? (words.get(image) ?? Word) : type, startOffset: at });
    return end;
  }
  return -1;
}
