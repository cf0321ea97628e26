import { type IToken, tokenMatcher } from 'chevrotain';
import type { Scalar } from '../document/forms.ts';
import { endOf, Text, tokenize } from '../dsl/tokens.ts';
import { Guide } from './guide/guide.ts';
import type { Below } from './schema-paths.ts';
import type { Path } from './tree.ts';

/** The words that may stand at a place of a file of the DSL. */
export interface Expected {
  words: ExpectedWord[];
  /** A value, or a name of the writer's own. */
  value?: ExpectedValue;
  /** Returns what is written before the place, by path: single words and phrases. */
  said(path: Path): string | undefined;
}

export interface ExpectedWord {
  word: string;
  description?: string;
}

export interface ExpectedValue {
  part: 'key' | 'value';
  kind: Scalar;
  path: Path;
  below: Below[];
  /** The beginning of the part that is there. */
  start: number;
}

/**
 * Returns the words that may stand at `offset`, by the language's table and what is written before. A mistake before it costs its line.
 * Undefined: nothing, since the place is inside a comment or a text in quotes.
 */
export function expectedAt(text: string, offset: number): Expected | undefined {
  const { comments, tokens: all } = tokenize(text);
  const around = (token: IToken, end: number) => token.startOffset < offset && offset < end;
  if (comments.some((token) => around(token, endOf(token) + 1))) return undefined;
  if (all.some((token) => tokenMatcher(token, Text) && around(token, endOf(token)))) return undefined;
  const tokens = all.filter((token) => endOf(token) <= offset);
  return new Guide(tokens, offset, text.slice(0, offset).split('\n').length).file();
}
