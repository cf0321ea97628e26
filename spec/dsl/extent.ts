import { Comma, type CrmToken, LCurly, LParen, RCurly, RParen, Word } from './tokens.ts';

/** Words after which an expression cannot end. */
const unfinishedWords = new Set(
  'and or not in is between by contains matches then where with within from AND OR NOT'.split(' '),
);
/** Words with which it goes on in the next line. None of them begins a statement. */
export const joining: ReadonlySet<string> = new Set(
  'and or not in is between by contains ends matches starts then within ago AND OR NOT'.split(' '),
);
const sign = /[=<>!+*/%,-]/;

/**
 * The index after the last token of the expression that begins at `from`. It ends with its line, before a brace, or
 * before one of `stops`; inside parentheses, and where a line ends or the next one begins with an operator, it goes on.
 */
export function expressionEnd(tokens: readonly CrmToken[], from: number, stops: ReadonlySet<string>): number {
  const { end, open } = scan(tokens, from, stops, true);
  // A parenthesis that is never closed must not take the rest of the block along.
  return open ? scan(tokens, from, stops, false).end : end;
}

/** The index after the last token of the words that begin at `from`: they end with their line, at a brace or a stop. */
export function phraseEnd(tokens: readonly CrmToken[], from: number, stops: ReadonlySet<string>): number {
  let end = from;
  while (inLine(tokens, from, end) && !isStop(tokens[end], stops, end > from)) end++;
  return end;
}

function scan(tokens: readonly CrmToken[], from: number, stops: ReadonlySet<string>, nested: boolean) {
  let depth = 0;
  let end = from;
  for (; ; end++) {
    const token = tokens[end];
    if (!token || isBrace(token)) break;
    if (depth === 0 && isStop(token, stops, end > from)) break;
    if (depth === 0 && end > from && breaksLine(tokens, end)) break;
    if (nested && token.tokenType === LParen) depth++;
    if (nested && token.tokenType === RParen) depth = Math.max(0, depth - 1);
  }
  return { end, open: depth > 0 };
}

function inLine(tokens: readonly CrmToken[], from: number, at: number): boolean {
  const [first, token] = [tokens[from], tokens[at]];
  return first !== undefined && token !== undefined && !isBrace(token) && token.line === first.line;
}

function isBrace({ tokenType }: CrmToken): boolean {
  return tokenType === LCurly || tokenType === RCurly;
}

function isStop(token: CrmToken | undefined, stops: ReadonlySet<string>, inside: boolean): boolean {
  return inside && token !== undefined && stops.has(token.image);
}

function breaksLine(tokens: readonly CrmToken[], at: number): boolean {
  const [before, next] = [tokens[at - 1], tokens[at]];
  if (!before || !next || before.line === next.line) return false;
  const goesOn =
    unfinishedWords.has(before.image) ||
    before.tokenType === Comma ||
    (isWord(before) && sign.test(before.image.slice(-1)));
  const continued =
    joining.has(next.image) ||
    [LParen, RParen, Comma].includes(next.tokenType) ||
    (isWord(next) && sign.test(next.image.charAt(0)));
  return !goesOn && !continued;
}

function isWord({ tokenType }: CrmToken): boolean {
  return tokenType === Word;
}
