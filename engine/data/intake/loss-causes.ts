/** A problem that cost a row, a value or the file, with those of the same kind. */
export interface Cause {
  code: string;
  /** The place and the message of the first. */
  line: number;
  message: string;
  /** The number of problems of the kind. */
  count: number;
}

/** A problem, and what it is worth. `fatal`: it cost the row or the file. `breaks`: it alone makes the file unreadable. */
export interface Costly {
  code: string;
  field?: string | null | undefined;
  line: number;
  message: string;
  fatal: boolean;
  breaks: boolean;
  copies?: number;
}

/**
 * Gathers the problems of a file by kind, in the order of its lines. `causes`: first what alone makes the file unreadable or
 * is about it as a whole, then the most frequent; of equally frequent ones those that cost rows, then the first.
 */
export function lossCauses() {
  const kinds = new Map<string, Cause & { weight: number }>();
  return {
    add({ code, field, line, message, fatal, breaks, copies = 1 }: Costly): void {
      const weight = breaks ? 0 : line === 0 ? 1 : fatal ? 2 : 3;
      const kind = `${code}\n${field ?? ''}\n${weight}`;
      const known = kinds.get(kind);
      if (known) known.count += copies;
      else kinds.set(kind, { code, line, message, count: copies, weight });
    },
    causes: (): Cause[] =>
      [...kinds.values()]
        .sort((a, b) => {
          const whole = Math.min(a.weight, 2) - Math.min(b.weight, 2);
          return whole || b.count - a.count || a.weight - b.weight || a.line - b.line;
        })
        .map(({ weight: _, ...cause }) => cause),
  };
}
