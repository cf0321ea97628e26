import { t } from '../words/t.ts';
import { PatternError, PatternReader } from './pattern-reader.ts';

/** A pattern as a tree: the part of regular expressions that RE2 (DuckDB) and PostgreSQL share. Ranges of code points are inclusive. */
export type Pattern =
  /** A character inside the ranges; `negated`: outside of them. */
  | { kind: 'set'; negated: boolean; ranges: [from: number, to: number][] }
  | { kind: 'start' }
  | { kind: 'end' }
  /** `max` absent: without end. */
  | { kind: 'repeat'; of: Pattern; min: number; max?: number }
  | { kind: 'sequence'; parts: Pattern[] }
  | { kind: 'choice'; options: Pattern[] };

/** The longest pattern, in UTF-16 code units. */
const longest = 200;
/** The largest size of a pattern with its repetitions written out. */
const largest = 2000;

export interface PatternRefusal {
  /** The message, one sentence. */
  refusal: string;
  help?: string;
}

/** Returns the tree of a pattern, or the reason for which it is refused. */
export function parsePattern(text: string): { pattern: Pattern } | PatternRefusal {
  if (text.length > longest)
    return { refusal: t`The pattern has ${text.length} characters; ${longest} are the limit.` };
  try {
    const pattern = new PatternReader(text).whole();
    if (size(pattern) <= largest) return { pattern };
    return { refusal: t`The pattern comes to more than ${largest} characters when its repetitions are written out.` };
  } catch (error) {
    if (error instanceof PatternError)
      return error.help === undefined ? { refusal: error.message } : { refusal: error.message, help: error.help };
    throw error;
  }
}

function size(node: Pattern): number {
  switch (node.kind) {
    case 'repeat':
      return size(node.of) * Math.max(1, node.max ?? node.min);
    case 'sequence':
      return node.parts.reduce((sum, part) => sum + size(part), 0);
    case 'choice':
      return node.options.reduce((sum, option) => sum + size(option), 0);
    default:
      return 1;
  }
}
