import type { Diagnostic, Range } from '../diagnostic.ts';

/** Collects findings in the order in which they are made. */
export interface Report {
  readonly diagnostics: Diagnostic[];
  error(code: string, range: Range, message: string, help?: string): void;
}

export function createReport(): Report {
  const diagnostics: Diagnostic[] = [];
  return {
    diagnostics,
    error(code, range, message, help) {
      diagnostics.push({ code, severity: 'error', message, range, ...(help && { help }) });
    },
  };
}
