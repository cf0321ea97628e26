import type { IToken, TokenType } from 'chevrotain';
import { statements } from './language.ts';
import { endOf, LCurly, RCurly } from './tokens.ts';

const resources = new Set(statements.map(({ words }) => words[0]));

export interface Balanced {
  /** With every brace closed, so that the parser never loses its way. */
  tokens: IToken[];
  /** Opening braces that nobody has closed. */
  unclosed: IToken[];
  /** Closing braces without an opening one. */
  extra: IToken[];
  /** The last tokens of lines at whose ends an opening brace is missing. */
  unopened: IToken[];
}

interface Line {
  indent: number;
  first: IToken;
  /** The index of its last token. */
  last: number;
}

/**
 * Puts in the braces that are missing, and takes out those too many. Which one is missing is told by the indentation:
 * what stands as far left as the line of an opening brace is no longer inside it.
 */
export function balance(tokens: IToken[]): Balanced {
  if (isBalanced(tokens)) return { tokens, unclosed: [], extra: [], unopened: [] };
  const result: Balanced = { tokens: [], unclosed: [], extra: [], unopened: [] };
  const open: { brace: IToken; indent: number }[] = [];
  const lines: Line[] = [];
  let indent = 0;
  const close = (at: IToken | undefined) => {
    const top = open.pop();
    if (!top) return;
    result.unclosed.push(top.brace);
    result.tokens.push(virtual(RCurly, at ?? top.brace));
  };
  for (const token of tokens) {
    if (token.startLine !== lines.at(-1)?.first.startLine) {
      indent = token.startColumn ?? 1;
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

/** As many of both; and no new resource at the left margin inside braces that began with an indented line. */
function isBalanced(tokens: IToken[]): boolean {
  const indented: boolean[] = [];
  let before: IToken | undefined;
  for (const token of tokens) {
    const { tokenType, startColumn = 1 } = token;
    const newLine = token.startLine !== before?.endLine;
    if (before?.tokenType === LCurly) indented[indented.length - 1] = newLine && startColumn > 1;
    if (newLine && startColumn === 1 && indented.at(-1) && resources.has(token.image)) return false;
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
function virtual(type: TokenType, after: IToken): IToken {
  const { endLine, endColumn } = after;
  return {
    image: '',
    tokenType: type,
    tokenTypeIdx: type.tokenTypeIdx ?? 0,
    startOffset: endOf(after),
    endOffset: endOf(after),
    ...(endLine !== undefined && { startLine: endLine, endLine }),
    ...(endColumn !== undefined && { startColumn: endColumn + 1, endColumn: endColumn + 1 }),
  };
}

/** The first brace that stands inside more others than `most`; each `else if` is inside the one before it. */
export function tooDeep(tokens: IToken[], most: number): IToken | undefined {
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
