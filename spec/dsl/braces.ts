import type { TokenType } from '../words/tokens.ts';
import { statements } from './language.ts';
import { type CrmToken, endOf, LCurly, RCurly } from './tokens.ts';

const resources = new Set(statements.map(({ words }) => words[0]));

export interface Balanced {
  /** The tokens with every brace closed, as the parser needs them. */
  tokens: CrmToken[];
  /** Opening braces that nobody has closed. */
  unclosed: CrmToken[];
  /** Closing braces without an opening one. */
  extra: CrmToken[];
  /** The last tokens of lines at whose ends an opening brace is missing. */
  unopened: CrmToken[];
}

interface Line {
  indent: number;
  first: CrmToken;
  /** The index of its last token. */
  last: number;
}

/**
 * Puts in the braces that are missing, and takes out those too many. The indentation shows which one is missing:
 * what is as far left as the line of an opening brace is no longer inside it.
 */
export function balance(tokens: CrmToken[]): Balanced {
  if (isBalanced(tokens)) return { tokens, unclosed: [], extra: [], unopened: [] };
  const result: Balanced = { tokens: [], unclosed: [], extra: [], unopened: [] };
  const open: { brace: CrmToken; indent: number }[] = [];
  const lines: Line[] = [];
  let indent = 0;
  const close = (at: CrmToken | undefined) => {
    const top = open.pop();
    if (!top) return;
    result.unclosed.push(top.brace);
    result.tokens.push(virtual(RCurly, at ?? top.brace));
  };
  for (const token of tokens) {
    if (token.line !== lines.at(-1)?.first.line) {
      indent = token.column;
      const least = token.tokenType === RCurly ? indent + 1 : indent;
      while ((open.at(-1)?.indent ?? 0) >= least) close(result.tokens.at(-1));
      lines.push({ indent, first: token, last: result.tokens.length });
    }
    if (token.tokenType === LCurly) open.push({ brace: token, indent });
    if (token.tokenType === RCurly && !open.pop() && !reopen(lines, indent, result)) {
      result.extra.push(token);
      continue;
    }
    const line = lines.at(-1);
    if (line) line.last = result.tokens.length;
    result.tokens.push(token);
  }
  while (open.length > 0) close(result.tokens.at(-1));
  return result;
}

/** Returns true if there are as many of both, and no resource at the left margin is inside braces that began with an indented line. */
function isBalanced(tokens: CrmToken[]): boolean {
  const indented: boolean[] = [];
  let before: CrmToken | undefined;
  for (const token of tokens) {
    const { tokenType, column } = token;
    const newLine = token.line !== before?.line;
    if (before?.tokenType === LCurly) indented[indented.length - 1] = newLine && column > 1;
    if (newLine && column === 1 && indented.at(-1) && resources.has(token.image)) return false;
    if (tokenType === LCurly) indented.push(false);
    if (tokenType === RCurly && indented.pop() === undefined) return false;
    before = token;
  }
  return indented.length === 0;
}

/** Puts in the opening brace of a closing one: at the end of the line as far left as it, with others further right below. */
function reopen(lines: readonly Line[], indent: number, result: Balanced): boolean {
  const at = lines.findLastIndex((line, index) => index < lines.length - 1 && line.indent <= indent);
  const [head, below] = [lines[at], lines[at + 1]];
  const last = head && result.tokens[head.last];
  if (!head || !last || !below || head.indent !== indent || below.indent <= indent) return false;
  if (last.tokenType === LCurly || last.tokenType === RCurly) return false;
  result.tokens.splice(head.last + 1, 0, virtual(LCurly, last));
  result.unopened.push(last);
  return true;
}

/** A brace right behind a token. */
function virtual(tokenType: TokenType, after: CrmToken): CrmToken {
  const { line, column, image } = after;
  return { image: '', tokenType, startOffset: endOf(after), line, column: column + image.length };
}

/** Returns the first brace inside more than `most` others; each `else if` is inside the one before it. */
export function tooDeep(tokens: CrmToken[], most: number): CrmToken | undefined {
  const open: number[] = [];
  let depth = 0;
  let before = 0;
  return tokens.find(({ tokenType }, index) => {
    if (tokenType === LCurly) {
      open.push(before + 1);
      depth += before + 1;
      before = 0;
    } else if (tokenType === RCurly) {
      const levels = open.pop() ?? 1;
      depth -= levels;
      before = tokens[index + 1]?.image === 'else' && tokens[index + 2]?.image === 'if' ? levels : 0;
    }
    return depth > most;
  });
}
