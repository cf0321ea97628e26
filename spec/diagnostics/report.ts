import type { Code } from './codes.ts';
import type { Diagnostic, Range } from './diagnostic.ts';

/** Collects findings in the order in which they are made. */
export interface Report {
  readonly diagnostics: Diagnostic[];
  /** Keys whose values could not be used at all. */
  readonly dropped: Set<string>;
  /** The names that were probably meant by texts that cannot be names. */
  readonly misnamed: Set<string>;
  error(code: Code, range: Range, message: string, help?: string): void;
}

export function createReport(): Report {
  const diagnostics: Diagnostic[] = [];
  return {
    diagnostics,
    dropped: new Set(),
    misnamed: new Set(),
    error(code, range, message, help) {
      diagnostics.push({ code, severity: 'error', message, range, ...(help && { help }) });
    },
  };
}
