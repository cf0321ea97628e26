import { createToken, type IToken, Lexer, type TokenType } from 'chevrotain';
import { later } from '../words/t.ts';

/** Any word, reserved or not: what may follow a point. */
export const AnyWord = createToken({ name: 'AnyWord', pattern: Lexer.NA, label: later`a name` });
export const LogicOperator = createToken({ name: 'LogicOperator', pattern: Lexer.NA, label: later`"and" or "or"` });
export const ArithmeticOperator = createToken({
  name: 'ArithmeticOperator',
  pattern: Lexer.NA,
  label: later`an operator`,
});
export const CompareOperator = createToken({ name: 'CompareOperator', pattern: Lexer.NA, label: later`a comparison` });

export const ChannelWord = createToken({
  name: 'ChannelWord',
  pattern: Lexer.NA,
  label: later`"reachable" or "consent"`,
});
export const EndWord = createToken({ name: 'EndWord', pattern: Lexer.NA, label: later`"top" or "bottom"` });
export const Quantifier = createToken({ name: 'Quantifier', pattern: Lexer.NA, label: later`"any" or "all"` });

export const Word = createToken({
  name: 'Word',
  pattern: sticky(/[\p{L}_][\p{L}\p{N}_]*/uy),
  line_breaks: false,
  categories: [AnyWord],
  label: later`a name`,
});

/** A word that can never be an attribute's bare name; `customer.now` reaches an attribute called so. */
const reserved = (word: string, ...categories: TokenType[]) =>
  createToken({
    name: `Word:${word}`,
    pattern: new RegExp(word),
    longer_alt: Word,
    categories: [AnyWord, ...categories],
    label: `"${word}"`,
  });
/** A word with a meaning in its place only. */
const soft = (word: string, ...categories: TokenType[]) =>
  createToken({
    name: `Word:${word}`,
    pattern: new RegExp(word),
    longer_alt: Word,
    categories: [Word, ...categories],
    label: `"${word}"`,
  });

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

const mark = (name: string, pattern: RegExp, label: string, categories: TokenType[] = []) =>
  createToken({ name, pattern, label, categories });
export const LParen = mark('LParen', /\(/, '"("');
export const RParen = mark('RParen', /\)/, '")"');
export const Comma = mark('Comma', /,/, '","');
export const Dot = mark('Dot', /\./, '"."');
export const Plus = mark('Plus', /\+/, '"+"', [ArithmeticOperator]);
export const Minus = mark('Minus', /-/, '"-"', [ArithmeticOperator]);
export const Star = mark('Star', /\*/, '"*"', [ArithmeticOperator]);
export const Slash = mark('Slash', /\//, '"/"', [ArithmeticOperator]);
export const Compare = mark('Compare', /==|!=|<=|>=|<|>/, later`a comparison`, [CompareOperator]);

// Signs that people bring along from other languages: parsed as what is meant, and reported.
export const ForeignCompare = mark('ForeignCompare', /===|!==|<>|=<|=>|=(?!=)/, later`a comparison`, [CompareOperator]);
export const ForeignAnd = createToken({ name: 'ForeignAnd', pattern: /&&?|AND/, longer_alt: Word, categories: [And] });
export const ForeignOr = createToken({ name: 'ForeignOr', pattern: /\|\|?|OR/, longer_alt: Word, categories: [Or] });
export const ForeignNot = createToken({ name: 'ForeignNot', pattern: /!|NOT/, longer_alt: Word, categories: [Not] });
export const Null = createToken({ name: 'Null', pattern: /null|NULL/, longer_alt: Word, categories: [Missing] });

export const Text = mark('Text', /"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*'/, later`a string`);
export const OpenText = mark('OpenText', /"(?:[^"\\\r\n]|\\.)*\\?|'(?:[^'\\\r\n]|\\.)*\\?/, later`a string`, [Text]);
/** A text in the quotation marks of a word processor. */
export const CurlyText = mark('CurlyText', /[“”„«‘’‚‹](?:[^"'“”„«»‘’‚‹›\r\n])*[“”»‘’›"']/, later`a string`, [Text]);
export const InstantLiteral = mark('Instant', /\d{4}-\d\d-\d\d[Tt][\d:.]+(?:[Zz]|[+-]\d\d:?\d\d)?/, later`an instant`);
export const DateLiteral = mark('Date', /\d{4}-\d\d-\d\d/, later`a date`);
export const NumberLiteral = mark('Number', /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/, later`a number`);

// Any word counts as a unit here, so that a misspelt one can be explained; these words cannot be meant as one, not even
// with a Cyrillic letter in them.
const amount = String.raw`\d+(?:\.\d+)?[ \t]*(?!(?:[aа]nd|[oо]r|n[oо]t|[iі]n|[iі]s|between|where|ago|AND|OR|NOT)(?!\p{L})|[eE][+-]?\d)\p{L}+`;
export const DurationLiteral = createToken({
  name: 'Duration',
  pattern: sticky(new RegExp(`${amount}(?:[ \\t]*${amount})*`, 'uy')),
  line_breaks: false,
  label: later`a duration`,
});

/** A variable of the project. */
export const Variable = mark('Variable', /\$[A-Za-z_][A-Za-z0-9_]*/, later`a variable`);

/** `10%`, where it cannot be meant otherwise. */
export const Percent = createToken({
  name: 'Percent',
  pattern: {
    exec: (text, offset, before) => {
      const last = before.at(-1)?.tokenType;
      return last === Top || last === Bottom ? percent.exec(text, offset) : null;
    },
  },
  line_breaks: false,
  label: later`a share such as 10%`,
});
const percent = sticky(/\d+(?:\.\d+)?[ \t]*%/uy);

/** `500 RUB`; other words in capitals after a number are units of time or operators of other languages. */
export const MoneyLiteral = createToken({
  name: 'Money',
  pattern: sticky(/\d+(?:\.\d+)?[ \t]*(?!AND|NOT|DAY|MIN|SEC|HRS)[A-Z]{3}(?![\p{L}\p{N}_])/uy),
  line_breaks: false,
  label: later`an amount of money`,
});

/** Segments and channels may have hyphens in their names, which elsewhere are minus signs. */
export const Kebab = createToken({
  name: 'Kebab',
  pattern: { exec: (text, offset, before) => (namesResource(before) ? kebab.exec(text, offset) : null) },
  line_breaks: false,
  label: later`a name`,
});
const kebab = sticky(/[\p{L}\p{N}_][\p{L}\p{N}_-]*/uy);

function namesResource(before: IToken[]): boolean {
  const last = before.at(-1)?.tokenType;
  const previous = before.at(-2)?.tokenType;
  return (last === Segment && previous === In) || (last === LParen && (previous === Reachable || previous === Consent));
}

function sticky(pattern: RegExp): { exec(text: string, offset: number): RegExpExecArray | null } {
  return {
    exec(text, offset) {
      pattern.lastIndex = offset;
      return pattern.exec(text);
    },
  };
}

const Space = createToken({ name: 'Space', pattern: /\s+/, group: Lexer.SKIPPED, line_breaks: true });

/** In order of precedence. */
export const allTokens: TokenType[] = [
  ...[
    Space,
    Kebab,
    Percent,
    Text,
    OpenText,
    CurlyText,
    InstantLiteral,
    DateLiteral,
    MoneyLiteral,
    DurationLiteral,
    NumberLiteral,
    Variable,
  ],
  ...[ForeignAnd, ForeignOr, Null, Or, And, Is, In, Between, True, False, Now],
  ...[Missing, Ago, Segment, Reachable, Where, Last, Consent, Contains, Starts, Ends, Matches],
  ...[Within, With, Then, Top, Bottom, By, Any, All],
  ...[ForeignCompare, Compare, ForeignNot, Not],
  ...[Word, LParen, RParen, Comma, Dot, Plus, Minus, Star, Slash],
  ...[AnyWord, LogicOperator, ArithmeticOperator, CompareOperator, ChannelWord, EndWord, Quantifier],
];
