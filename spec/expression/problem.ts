import type { ExpressionCode } from '../diagnostics/codes.ts';

/** A finding about one expression; offsets are UTF-16 code units into its text, `end` exclusive. */
export interface Problem {
  code: ExpressionCode;
  message: string;
  start: number;
  end: number;
  help?: string;
}

/** Anything with a place in the text: a node, a name, a problem. */
export interface Span {
  start: number;
  end: number;
}

export function problem(code: ExpressionCode, at: Span, message: string, help?: string): Problem {
  return { code, message, start: at.start, end: at.end, ...(help !== undefined && { help }) };
}
