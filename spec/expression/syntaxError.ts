import { lookAlike } from '../words/look-alike.ts';
import { later, t, translated } from '../words/t.ts';
import { endType, type Token, type TokenType } from '../words/tokens.ts';
import { spanOf } from './nodes.ts';
import { type Problem, problem } from './problem.ts';
import * as kinds from './tokens.ts';

/** The token with which the parser could not go on, and the token that it expected, or one of several. */
export interface Failure {
  token: Token;
  expected: TokenType | 'value' | 'values' | 'list';
}

const aList = later`a list such as ("a", "b")`;
const theEnd = later`the end, an operator, "and" or "or"`;

function wordsFor(expected: Failure['expected']): string {
  switch (expected) {
    case 'value':
      return later`a value: a name, a number, a string in quotes or "("`;
    case 'values':
      return later`a value`;
    case 'list':
      return aList;
    default:
      return expected === endType ? theEnd : expected.label;
  }
}

/** Returns a mistake of syntax in the words of a person; `text` has the length of the whole expression. */
export function syntaxProblem({ token: found, expected: type }: Failure, tokens: Token[], length: number): Problem {
  const expected = wordsFor(type);
  if (found.tokenType === endType) {
    const open = unclosed(tokens);
    if (open && type === kinds.RParen) {
      return problem('CRM2004', spanOf(open), t`This "(" is never closed.`, t`Add ")" where it ends.`);
    }
    const end = { start: length, end: length };
    return problem('CRM2001', end, t`The expression ends too early: ${translated(expected)} is expected.`);
  }
  if (found.tokenType === kinds.Not && type === 'list') {
    const help = t`To differ from a value is written "!=".`;
    return problem(
      'CRM2001',
      spanOf(found),
      t`After a value, "not" goes with "in", "between" and "contains" only.`,
      help,
    );
  }
  const help = advice(found, type, tokens);
  return problem('CRM2001', spanOf(found), t`Unexpected ${quoted(found)}: ${translated(expected)} is expected.`, help);
}

function quoted(token: Token): string {
  return token.tokenType === kinds.Text ? t`string ${token.image}` : `"${token.image}"`;
}

function unclosed(tokens: Token[]): Token | undefined {
  const open: Token[] = [];
  for (const token of tokens) {
    if (token.tokenType === kinds.LParen) open.push(token);
    else if (token.tokenType === kinds.RParen) open.pop();
  }
  return open.at(-1);
}

function advice(found: Token, type: Failure['expected'], tokens: Token[]): string | undefined {
  const at = tokens.indexOf(found);
  const before = tokens[at - 1];
  const next = tokens[at + 1];
  const is = (token: Token | undefined, one: TokenType) => token?.tokenType === one;
  const twin = lookAlike(found.image);
  if (twin)
    return t`"${found.image}" holds the Cyrillic letter "${twin.letter}", which looks like the Latin "${twin.twin}".`;
  if (is(found, kinds.RParen) && type === endType) return t`There is no "(" that it could close.`;
  if (is(found, kinds.In) && is(next, kinds.Last)) {
    return t`"in last" belongs inside an aggregate: count(order_paid in last 90 days). For an instant write "last(order_paid) > 90 days ago".`;
  }
  if (type === kinds.Missing) return t`"is" goes with "missing" and "not missing" only; to compare, write "==".`;
  if (is(before, kinds.Segment) && is(found, kinds.Text))
    return t`A segment's name has no quotes: in segment ${found.image.slice(1, -1)}.`;
  if (is(before, kinds.LParen) && is(found, kinds.Text))
    return t`A channel's name has no quotes: reachable(${found.image.slice(1, -1)}).`;
  if (type === kinds.DurationLiteral) return t`A duration has a unit: in last 90 days.`;
  if (is(before, kinds.In) && is(found, kinds.DurationLiteral))
    return t`Inside an aggregate write "in last ${found.image}".`;
  if (type === kinds.And) return t`A range is written "x between 1 and 5".`;
  if (/^(like|ilike|startswith|endswith|includes|contain|match|regexp)$/i.test(found.image)) {
    return t`Parts of a string are asked for by "contains", "starts with", "ends with" and "matches".`;
  }
  if (/^(followed|before|after)$/i.test(found.image))
    return t`One event after another: viewed then order_paid within 2 hours.`;
  if (type === kinds.Within) return t`A sequence says how soon: viewed then order_paid within 2 hours.`;
  const [share] = /^[\d.]+/.exec(found.image) ?? [];
  if (share && before && /^(top|bottom)$/.test(before.image))
    return t`A share has its sign: ${before.image} ${share}% by ….`;
  if (type === kinds.By) return t`Say what counts: top 10% by sum(order_paid.total).`;
  if (is(before, kinds.NumberLiteral) && is(found, kinds.Comma))
    return t`Numbers have no thousands separators, and their fraction follows a point.`;
  if (is(found, kinds.Word) && is(before, kinds.Word))
    return t`Between two names an operator is missing; text stands in quotes.`;
  return undefined;
}
