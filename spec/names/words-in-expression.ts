import type { Meaning } from '../expression/operators/family.ts';
import { functionNames, meanings } from '../expression/operators/registry.ts';
import * as t from '../expression/tokens.ts';
import { type Token, tokenMatcher } from '../words/tokens.ts';

export interface MeaningfulWord {
  meaning: Meaning;
  /** Offsets in the expression. */
  start: number;
  end: number;
}

/** The functions, operators and other words of the language in an expression, which may be half-written. */
export function wordsInExpression(text: string): MeaningfulWord[] {
  const { tokens } = t.tokenizeExpression(text);
  return tokens.flatMap((token, index): MeaningfulWord[] => {
    const key = keyOf(token, tokens.slice(Math.max(0, index - 2), index), tokens.slice(index + 1, index + 3));
    const meaning = key === undefined ? undefined : meanings.get(key);
    const start = token.startOffset;
    return meaning ? [{ meaning, start, end: start + token.image.length }] : [];
  });
}

/** Returns the key of the meaning of a word by the two tokens before it and the two after it. */
function keyOf({ image, tokenType }: Token, around: readonly Token[], behind: readonly Token[]): string | undefined {
  const [second, first] = [around.at(-2), around.at(-1)];
  const [next, afterNext] = behind;
  if (tokenType === t.Kebab) return undefined;
  if (first?.tokenType === t.Dot) return second?.image === 'rfm' ? `rfm.${image}` : undefined;
  if (next?.tokenType === t.Dot) return ['event', 'customer', 'rfm'].includes(image) ? image : undefined;
  switch (tokenType) {
    case t.In:
      if (second && tokenMatcher(second, t.Quantifier)) return second.image;
      if (next?.tokenType === t.Segment) return 'in segment';
      return next?.tokenType === t.LParen ? 'in' : next?.tokenType === t.Last ? 'in last' : undefined;
    case t.Segment:
      return first?.tokenType === t.In ? 'in segment' : undefined;
    case t.Last:
      return first?.tokenType === t.In ? 'in last' : called(image, next);
    case t.Not:
      return first?.tokenType === t.Is ? 'is missing' : image;
    case t.Is:
    case t.Missing:
      return 'is missing';
    case t.Starts:
    case t.Ends:
      return next?.tokenType === t.With ? `${image} with` : undefined;
    case t.With:
      return `${first?.image} with`;
    case t.Any:
    case t.All:
      return afterNext?.tokenType === t.In ? image : undefined;
    case t.Top:
    case t.Bottom:
      return next?.tokenType === t.Percent ? image : undefined;
    case t.By:
      return first?.tokenType === t.Percent ? second?.image : undefined;
    default:
      return ['event', 'customer'].includes(image) ? undefined : called(image, next);
  }
}

function called(image: string, next: Token | undefined): string | undefined {
  return functionNames.has(image) && next?.tokenType !== t.LParen ? undefined : image;
}
