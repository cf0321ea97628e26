import { brokenExpression, tidyExpression } from '../expression/respace.ts';
import { doubleQuoted } from '../words/quoted.ts';
import { expressionEnd, phraseEnd } from './extent.ts';
import { typed } from './scalars.ts';
import { OpenText, Text, tokenize } from './tokens.ts';

/** A bare word where it can be one, else a text in quotes. `taken`: words that would mean something else here. */
export function crmWord(value: string, taken: readonly string[] = []): string {
  const bare = /^[^\s{}(),"'#\p{Cc}\uFFFD][^\s{}(),"'\p{Cc}\uFFFD]*$/u.test(value);
  return bare && !taken.includes(value) ? value : doubleQuoted(value);
}

/** A number, true, false or null as it is; a text bare where it is none of these. */
export function crmLiteral(value: unknown): string {
  if (typeof value !== 'string') return String(value);
  return /^(true|false|null|-?\d+(\.\d+)?([eE][+-]?\d+)?)$/.test(value) ? doubleQuoted(value) : crmWord(value);
}

/** Several words up to the end of the line or to one of `stops`. */
export function crmPhrase(value: string, stops: ReadonlySet<string>): string {
  const text = value.trim().replaceAll(/\s+/g, ' ');
  const { tokens, comments } = tokenize(text);
  const whole = tokens.length > 0 && comments.length === 0 && phraseEnd(tokens, 0, stops) === tokens.length;
  return whole && tokens.every(({ tokenType }) => tokenType !== Text) ? text : doubleQuoted(value);
}

/** A text or an expression, which is not known here: as it is where it is read so, else in quotes. */
export function crmGiven(value: string, stops: ReadonlySet<string>): string {
  const { tokens, comments } = tokenize(value);
  const { tokens: inBlock } = tokenize(`${value}\nx to 1`);
  const whole = tokens.length > 0 && comments.length === 0 && expressionEnd(inBlock, 0, stops) === tokens.length;
  const kept =
    whole &&
    !/^\s|\s$|[\p{Cc}\u2028\u2029\uFEFF\uFFFD]/u.test(value) &&
    !tokens.some(({ tokenType }) => tokenType === OpenText) &&
    !isText(tokens);
  return kept && typed(value, 0).value === value ? value : doubleQuoted(value);
}

/** An expression in lines of at most `width`, where it can be broken; in parentheses where it would end too early. */
export function crmExpression(value: string, stops: ReadonlySet<string>, width: number): string[] {
  const lines = brokenExpression(tidyExpression(value), width);
  const { tokens } = tokenize(lines.join('\n'));
  if (expressionEnd(tokens, 0, stops) === tokens.length) return lines;
  return lines.map((line, i) => `${i === 0 ? '(' : ''}${line}${i === lines.length - 1 ? ')' : ''}`);
}

/** Returns true if a single text in quotes is all there is. */
function isText(tokens: { tokenType: unknown }[]): boolean {
  return tokens.length === 1 && tokens[0]?.tokenType === Text;
}
