import { createType, endOfMatch, endType, type Token, type TokenType } from '../words/tokens.ts';

/** A word or sign of the DSL, on one line. Lines and columns begin with 1. */
export interface CrmToken extends Token {
  line: number;
  column: number;
  /** The word that a bare word is read as; absent for texts in quotes and for signs. */
  word?: string;
}

/** The tokens of expressions and phrases. */
export const Part = createType('Part', 'a word');
/** A single value: a bare word, or a text in quotes. */
export const Atom = createType('Atom', 'a word', Part);
/** Any run of letters and signs, so that paths, addresses, times and expressions need no quotes. */
export const Word = createType('Word', 'a word', Atom);
export const Text = createType('Text', 'a text in quotes', Atom);
export const OpenText = createType('OpenText', 'a text in quotes', Text);
export const LCurly = createType('LCurly', '{');
export const RCurly = createType('RCurly', '}');
export const LParen = createType('LParen', '(', Part);
export const RParen = createType('RParen', ')', Part);
export const Comma = createType('Comma', ',', Part);
const Comment = createType('Comment', 'a comment');

const signs = new Map([
  ['{', LCurly],
  ['}', RCurly],
  ['(', LParen],
  [')', RParen],
  [',', Comma],
]);
const word = /[^\s{}(),"'#][^\s{}(),"']*/y;
const closedText = /"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*'/y;
/** Braces at the end of the line are hardly meant as text. */
const openText =
  /(?:"(?:[^"\\\r\n]|\\.)*?|'(?:[^'\\\r\n]|\\.)*?)(?= {0,9}(?:[{}] {0,9}){0,9}(?:[\r\n]|$))|"(?:[^"\\\r\n]|\\.)*\\?|'(?:[^'\\\r\n]|\\.)*\\?/y;
/** A comment begins only where a word could begin: `1#2` is one word. */
const comment = /#[^\r\n]*/y;
const space = /[^\S\r\n]+/y;
const newLine = /\r\n?|\n/y;

/** Every text consists of tokens, so there are no errors. */
export function tokenize(text: string): { tokens: CrmToken[]; comments: CrmToken[] } {
  const tokens: CrmToken[] = [];
  const comments: CrmToken[] = [];
  let line = 1;
  let lineStart = 0;
  for (let at = 0; at < text.length; ) {
    const blank = endOfMatch(space, text, at);
    if (blank !== -1) {
      at = blank;
      continue;
    }
    const below = endOfMatch(newLine, text, at);
    if (below !== -1) {
      line++;
      at = below;
      lineStart = below;
      continue;
    }
    const [tokenType, end] = read(text, at);
    const image = text.slice(at, end);
    const token: CrmToken = { image, tokenType, startOffset: at, line, column: at - lineStart + 1 };
    if (tokenType === Word) token.word = image;
    if (tokenType === Comment) comments.push(token);
    else tokens.push(token);
    at = end;
  }
  return { tokens, comments };
}

function read(text: string, at: number): [TokenType, number] {
  const first = text.charAt(at);
  const sign = signs.get(first);
  if (sign) return [sign, at + 1];
  if (first === '#') return [Comment, endOfMatch(comment, text, at)];
  if (first !== '"' && first !== "'") return [Word, endOfMatch(word, text, at)];
  const closed = endOfMatch(closedText, text, at);
  return closed === -1 ? [OpenText, endOfMatch(openText, text, at)] : [Text, closed];
}

/** Returns a token without an image at an offset. */
export function placeAt(startOffset: number, line: number, tokenType = endType): CrmToken {
  return { image: '', tokenType, startOffset, line, column: 1 };
}

/** Returns the offset of the first letter after the token. */
export function endOf(token: Token): number {
  return token.startOffset + token.image.length;
}
