import { createToken, type IToken, Lexer, type TokenType } from 'chevrotain';
import { keywords } from './walk.ts';

/** The tokens of expressions and phrases. */
export const Part = createToken({ name: 'Part', pattern: Lexer.NA, label: 'a word' });
/** A single value: a bare word, or a text in quotes. */
export const Atom = createToken({ name: 'Atom', pattern: Lexer.NA, categories: [Part], label: 'a word' });

/** Any run of letters and signs, so that paths, addresses, times and expressions need no quotes. */
export const Word = createToken({
  name: 'Word',
  pattern: /[^\s{}(),"'#][^\s{}(),"']*/,
  categories: [Atom],
  line_breaks: false,
  label: 'a word',
});
export const Text = createToken({
  name: 'Text',
  pattern: /"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*'/,
  categories: [Atom],
  label: 'a text in quotes',
});
/** Braces at the end of the line are hardly meant as text. */
export const OpenText = createToken({
  name: 'OpenText',
  pattern:
    /(?:"(?:[^"\\\r\n]|\\.)*?|'(?:[^'\\\r\n]|\\.)*?)(?= {0,9}(?:[{}] {0,9}){0,9}(?:[\r\n]|$))|"(?:[^"\\\r\n]|\\.)*\\?|'(?:[^'\\\r\n]|\\.)*\\?/,
  categories: [Text, Atom, Part],
  label: 'a text in quotes',
});
export const LCurly = createToken({ name: 'LCurly', pattern: '{', label: '{' });
export const RCurly = createToken({ name: 'RCurly', pattern: '}', label: '}' });
export const LParen = createToken({ name: 'LParen', pattern: '(', categories: [Part], label: '(' });
export const RParen = createToken({ name: 'RParen', pattern: ')', categories: [Part], label: ')' });
export const Comma = createToken({ name: 'Comma', pattern: ',', categories: [Part], label: ',' });
/** Only where a word could begin: `1#2` is one word. */
const Comment = createToken({ name: 'Comment', pattern: /#[^\r\n]*/, group: 'comments', label: 'a comment' });
const Space = createToken({ name: 'Space', pattern: /\s+/, group: Lexer.SKIPPED, line_breaks: true });

const types = new Map(
  [...keywords].map((word) => [
    word,
    createToken({ name: `Keyword:${word}`, pattern: Lexer.NA, categories: [Word], label: word }),
  ]),
);

const lexed = [Space, Comment, Text, OpenText, LCurly, RCurly, LParen, RParen, Comma, Word];
export const allTokens: TokenType[] = [...lexed, Part, Atom, ...types.values()];

/** The token of a word that has a meaning somewhere. It is a Word too: any name may be called like it. */
export function keyword(word: string): TokenType {
  const type = types.get(word);
  if (!type) throw new Error(`the language has no word ${word}`);
  return type;
}

/** Makes a token be another word than is written. */
export function readAs(token: IToken, word: string): void {
  const type = keyword(word);
  token.tokenType = type;
  token.tokenTypeIdx = type.tokenTypeIdx ?? 0;
}

let lexer: Lexer | undefined;

/** Every text consists of tokens, so there are no errors. */
export function tokenize(text: string): { tokens: IToken[]; comments: IToken[] } {
  lexer ??= new Lexer(lexed, { positionTracking: 'full', skipValidations: true });
  const { tokens, groups } = lexer.tokenize(text);
  for (const token of tokens) if (token.tokenType === Word && types.has(token.image)) readAs(token, token.image);
  return { tokens, comments: groups.comments ?? [] };
}

/** Returns the offset of the first letter after the token. */
export function endOf(token: IToken): number {
  return token.startOffset + token.image.length;
}
