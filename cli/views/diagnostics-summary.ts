import type { Diagnostic, Range, Severity } from '../../spec/diagnostics/diagnostic.ts';
import { all, many } from '../../spec/words/many.ts';
import { t } from '../../spec/words/t.ts';

// These are apart from the code frames, which a project without errors need not load.

/** Returns `3 errors, 1 warning and 2 notes in 2 files`; empty if there are no diagnostics. */
export function summariseDiagnostics(diagnostics: Diagnostic[]): string {
  const files = new Set(diagnostics.flatMap(({ range }) => (range ? [range.file] : []))).size;
  const counted = (wanted: Severity) => diagnostics.filter(({ severity }) => severity === wanted).length;
  const [errors, warnings, notes] = [counted('error'), counted('warning'), counted('info')];
  const list = all([
    ...(errors > 0 ? [many(errors, 'error')] : []),
    ...(warnings > 0 ? [many(warnings, 'warning')] : []),
    ...(notes > 0 ? [many(notes, 'note')] : []),
  ]);
  if (files === 0) return list;
  return files === 1 ? t`${list} in 1 file` : t`${list} in ${files} files`;
}

/** Returns a diagnostic as one JSON value with a stable shape: positions are 1-based, the end is exclusive. */
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
