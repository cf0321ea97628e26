import {
  EOF,
  type IParserErrorMessageProvider,
  type IRecognitionException,
  type IToken,
  type TokenType,
  tokenLabel,
} from 'chevrotain';
import { lookAlike } from './lookAlike.ts';
import { spanOf } from './nodes.ts';
import { type Problem, problem } from './problem.ts';
import * as t from './tokens.ts';

const aList = 'a list such as ("a", "b")';
const theEnd = 'the end, an operator, "and" or "or"';

/** The words for what the parser waited for, as it appears in "… is expected". */
export const syntaxMessages: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }) => (expected === EOF ? theEnd : tokenLabel(expected)),
  buildNotAllInputParsedMessage: () => theEnd,
  buildNoViableAltMessage: ({ ruleName }) =>
    ruleName === 'comparison' ? aList : 'a value: a name, a number, a string in quotes or "("',
  buildEarlyExitMessage: () => 'a value',
};

/** One error of the parser in the words of a person; `text` has the length of the whole expression. */
export function syntaxProblem(error: IRecognitionException, tokens: IToken[], length: number): Problem {
  const expected = error.message;
  const found = error.token;
  if (found.tokenType === EOF) {
    const open = unclosed(tokens);
    if (open && expected === tokenLabel(t.RParen)) {
      return problem('CRM2004', spanOf(open), 'This "(" is never closed.', 'Add ")" where it ends.');
    }
    const end = { start: length, end: length };
    return problem('CRM2001', end, `The expression ends too early: ${expected} is expected.`);
  }
  if (found.tokenType === t.Not && expected === aList) {
    const help = 'To differ from a value is written "!=".';
    return problem(
      'CRM2001',
      spanOf(found),
      'After a value, "not" goes with "in", "between" and "contains" only.',
      help,
    );
  }
  const help = advice(found, expected, tokens);
  return problem('CRM2001', spanOf(found), `Unexpected ${quoted(found)}: ${expected} is expected.`, help);
}

function quoted(token: IToken): string {
  return token.tokenType === t.Text ? `string ${token.image}` : `"${token.image}"`;
}

function unclosed(tokens: IToken[]): IToken | undefined {
  const open: IToken[] = [];
  for (const token of tokens) {
    if (token.tokenType === t.LParen) open.push(token);
    else if (token.tokenType === t.RParen) open.pop();
  }
  return open.at(-1);
}

function advice(found: IToken, expected: string, tokens: IToken[]): string | undefined {
  const at = tokens.indexOf(found);
  const before = tokens[at - 1];
  const next = tokens[at + 1];
  const is = (token: IToken | undefined, type: TokenType) => token?.tokenType === type;
  const twin = lookAlike(found.image);
  if (twin)
    return `"${found.image}" holds the Cyrillic letter "${twin.letter}", which looks like the Latin "${twin.twin}".`;
  if (is(found, t.RParen) && expected === theEnd) return 'There is no "(" that it could close.';
  if (is(found, t.In) && is(next, t.Last)) {
    return '"in last" belongs inside an aggregate: count(order_paid in last 90 days). For an instant write "last(order_paid) > 90 days ago".';
  }
  if (expected === tokenLabel(t.Missing))
    return '"is" goes with "missing" and "not missing" only; to compare, write "==".';
  if (is(before, t.Segment) && is(found, t.Text))
    return `A segment's name has no quotes: in segment ${found.image.slice(1, -1)}.`;
  if (is(before, t.LParen) && is(found, t.Text))
    return `A channel's name has no quotes: reachable(${found.image.slice(1, -1)}).`;
  if (expected === tokenLabel(t.DurationLiteral)) return 'A duration has a unit: in last 90 days.';
  if (is(before, t.In) && is(found, t.DurationLiteral)) return `Inside an aggregate write "in last ${found.image}".`;
  if (expected === tokenLabel(t.And)) return 'A range is written "x between 1 and 5".';
  if (/^(like|ilike|startswith|endswith|includes|contain|match|regexp)$/i.test(found.image)) {
    return 'Parts of a string are asked for by "contains", "starts with", "ends with" and "matches".';
  }
  if (/^(followed|before|after)$/i.test(found.image))
    return 'One event after another: viewed then order_paid within 2 hours.';
  if (expected === tokenLabel(t.Within)) return 'A sequence says how soon: viewed then order_paid within 2 hours.';
  const [share] = /^[\d.]+/.exec(found.image) ?? [];
  if (share && /^(top|bottom)$/.test(before?.image ?? ''))
    return `A share has its sign: ${before?.image} ${share}% by ….`;
  if (expected === tokenLabel(t.By)) return 'Say what counts: top 10% by sum(order_paid.total).';
  if (is(before, t.NumberLiteral) && is(found, t.Comma))
    return 'Numbers have no thousands separators, and their fraction follows a point.';
  if (is(found, t.Word) && is(before, t.Word))
    return 'Between two names an operator is missing; text stands in quotes.';
  return undefined;
}
