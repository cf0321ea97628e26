import { escaped } from '../words/quoted.ts';
import { type Token, tokenMatcher } from '../words/tokens.ts';
import * as t from './tokens.ts';

/** An expression's text with one blank where blanks are allowed and no parentheses around the whole. The meaning stays: the words are the same ones. */
export function tidyExpression(text: string): string {
  const plain = text.trim().replaceAll(/[ \t]*\r?\n\s*/g, ' ');
  const written = lex(plain);
  if (!written) return plain;
  const tokens = unwrapped(written);
  let tidy = '';
  tokens.forEach((token, index) => {
    const before = tokens[index - 1];
    const image = tokenMatcher(token, t.Text) ? escaped(token.image) : token.image.replaceAll(/\s+/g, ' ');
    tidy += before && apart(tokens, index, plain) ? ` ${image}` : image;
  });
  if (tidy === plain) return plain;
  const again = lex(tidy);
  return again && same(tokens, again) ? tidy : plain;
}

/** The text in lines of at most `width` where it can be broken before `or` or `and`. */
export function brokenExpression(text: string, width: number): string[] {
  if (text.length <= width) return [text];
  const tokens = lex(text) ?? [];
  const at = breaks(tokens, t.Or);
  const places = at.length > 0 ? at : breaks(tokens, t.And);
  const starts = [0, ...places];
  return starts.map((start, index) => text.slice(start, starts[index + 1]).trimEnd());
}

function lex(text: string): Token[] | undefined {
  const { tokens, unknown } = t.tokenizeExpression(text);
  return unknown.length === 0 ? tokens : undefined;
}

function same(tokens: Token[], others: Token[]): boolean {
  const word = ({ image }: Token) => escaped(image).replaceAll(/\s+/g, ' ');
  return (
    tokens.length === others.length &&
    tokens.every((token, i) => {
      const other = others[i];
      return other && token.tokenType === other.tokenType && word(token) === word(other);
    })
  );
}

/** Returns the text without parentheses around the whole. */
function unwrapped(tokens: Token[]): Token[] {
  let depth = 0;
  const closing = tokens.findIndex(({ tokenType }) => {
    if (tokenType === t.LParen) depth++;
    if (tokenType === t.RParen) depth--;
    return depth === 0;
  });
  const around = tokens[0]?.tokenType === t.LParen && closing === tokens.length - 1 && tokens.length > 2;
  return around ? unwrapped(tokens.slice(1, -1)) : tokens;
}

/** Returns true if there is a blank between a token and the one before it. */
function apart(tokens: Token[], index: number, text: string): boolean {
  const [token, before, earlier] = [tokens[index], tokens[index - 1], tokens[index - 2]];
  if (!token || !before) return false;
  const is = (one: Token, ...types: (typeof t.Word)[]) => types.some((type) => tokenMatcher(one, type));
  if (is(before, t.LParen) || is(token, t.RParen, t.Comma)) return false;
  if (is(before, t.Dot) || is(token, t.Dot)) return false;
  if (is(before, t.Minus) && !isOperand(earlier, before, token)) return false;
  const written = before.startOffset + before.image.length < token.startOffset;
  const operator = (one: Token) => is(one, t.CompareOperator, t.ArithmeticOperator) || /^[<>=!]=?$/.test(one.image);
  if (operator(before) || operator(token) || is(before, t.Comma)) return true;
  if (is(token, t.LParen)) return is(before, t.Word) ? written : true;
  const letters = (one: Token) => /^[\p{L}\p{N}_"']/u.test(one.image);
  return letters(before) && letters(token)
    ? true
    : is(before, t.RParen)
      ? true
      : /\s/.test(text.charAt(token.startOffset - 1));
}

/** Returns true if something is taken away from the token by the minus behind it, rather than the minus being a sign. */
function isOperand(token: Token | undefined, minus: Token, next: Token): boolean {
  if (!token) return false;
  if (tokenMatcher(token, t.RParen) || tokenMatcher(token, t.Text)) return true;
  if (!/[\p{L}\p{N}_]$/u.test(token.image)) return false;
  if (token.tokenType === t.Word || !tokenMatcher(token, t.AnyWord)) return true;
  // The text before it may be a name or an operator: then the writer is believed.
  const sign = token.startOffset + token.image.length < minus.startOffset && minus.startOffset + 1 === next.startOffset;
  return tokenMatcher(token, t.Word) && !sign;
}

/** Returns the places of operators outside of parentheses; the `and` of a range is none. */
function breaks(tokens: Token[], type: typeof t.Or): number[] {
  let depth = 0;
  let range = false;
  return tokens.flatMap((token, index) => {
    if (token.tokenType === t.LParen) depth++;
    if (token.tokenType === t.RParen) depth--;
    if (depth > 0) return [];
    if (token.tokenType === t.Between) range = true;
    if (!tokenMatcher(token, type) || index === 0) return [];
    if (range && tokenMatcher(token, t.And)) {
      range = false;
      return [];
    }
    return [token.startOffset];
  });
}
