import type { Diagnostic, Range, Severity } from '../../spec/diagnostics/diagnostic.ts';
import { all, many } from '../../spec/words/many.ts';
import { t } from '../../spec/words/t.ts';

// Apart from the code frames, for which a project without a fault should not have to wait.

/** `3 errors, 1 warning and 2 notes in 2 files`; empty where there is nothing. */
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
