import type { Diagnostic, Range, Severity } from '../../spec/diagnostic.ts';
import { many } from '../../spec/many.ts';

// Apart from the code frames, for which a project without a fault should not have to wait.

/** `3 errors, 1 warning and 2 notes in 2 files`; empty where there is nothing. */
export function summariseDiagnostics(diagnostics: Diagnostic[]): string {
  const files = new Set(diagnostics.flatMap(({ range }) => (range ? [range.file] : []))).size;
  const nouns: [Severity, string][] = [
    ['error', 'error'],
    ['warning', 'warning'],
    ['info', 'note'],
  ];
  const counts = nouns.flatMap(([wanted, noun]) => {
    const found = diagnostics.filter(({ severity }) => severity === wanted).length;
    return found > 0 ? [many(found, noun)] : [];
  });
  const last = counts.pop();
  if (last === undefined) return '';
  const list = counts.length > 0 ? `${counts.join(', ')} and ${last}` : last;
  return list + (files > 0 ? ` in ${many(files, 'file')}` : '');
}

/** A diagnostic as one JSON value with a stable shape: positions are 1-based, the end is exclusive. */
export function diagnosticJson(diagnostic: Diagnostic): Record<string, unknown> {
  const { code, severity, message, range, help, rule, fix } = diagnostic;
  return {
    type: 'diagnostic',
    code,
    severity,
    message,
    ...(rule !== undefined && { rule }),
    ...(range && rangeJson(range)),
    ...(help !== undefined && { help }),
    ...(fix && {
      fix: { title: fix.title, edits: fix.edits.map(({ range: at, text }) => ({ ...rangeJson(at), text })) },
    }),
  };
}

function rangeJson({ file, start, end }: Range): Record<string, unknown> {
  return { file, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}
