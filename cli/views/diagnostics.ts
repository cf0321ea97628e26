import pc from 'picocolors';
import type { Diagnostic, Range, SourceFile } from '../../spec/diagnostic.ts';
import { codeFrame } from './code-frame.ts';

export interface DiagnosticsView {
  color: boolean;
  /** Of the terminal, in columns. */
  width: number;
}

/** Diagnostics for a terminal: what, where with a code frame, and what to do; an empty line after each. */
export function renderDiagnostics(diagnostics: Diagnostic[], files: SourceFile[], view: DiagnosticsView): string {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  return diagnostics.map((diagnostic) => `${renderDiagnostic(diagnostic, texts, view)}\n`).join('\n');
}

/** `3 errors and 1 warning in 2 files`; empty where there is nothing. */
export function summariseDiagnostics(diagnostics: Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const warnings = diagnostics.length - errors;
  const files = new Set(diagnostics.flatMap(({ range }) => (range ? [range.file] : []))).size;
  const counts = [errors > 0 && count(errors, 'error'), warnings > 0 && count(warnings, 'warning')].filter(Boolean);
  return counts.length === 0 ? '' : counts.join(' and ') + (files > 0 ? ` in ${count(files, 'file')}` : '');
}

/** A diagnostic as one JSON value with a stable shape: positions are 1-based, the end is exclusive. */
export function diagnosticJson({ code, severity, message, range, help }: Diagnostic): Record<string, unknown> {
  return {
    type: 'diagnostic',
    code,
    severity,
    message,
    ...(range && {
      file: range.file,
      line: range.start.line,
      column: range.start.column,
      endLine: range.end.line,
      endColumn: range.end.column,
    }),
    ...(help !== undefined && { help }),
  };
}

function renderDiagnostic(diagnostic: Diagnostic, texts: ReadonlyMap<string, string>, view: DiagnosticsView): string {
  const colors = pc.createColors(view.color);
  const { severity, code, message, range, help } = diagnostic;
  const paint = severity === 'error' ? colors.red : colors.yellow;
  const lines = [`${colors.bold(paint(`${severity} ${code}`))} ${colors.bold(message)}`];
  if (range) {
    lines.push(`  ${colors.cyan(location(range))}`);
    const text = texts.get(range.file);
    if (text !== undefined) lines.push(...codeFrame(text, range, { width: view.width, paint, dim: colors.dim }));
  }
  if (help !== undefined) lines.push(`  ${colors.green('help:')} ${help}`);
  return lines.join('\n');
}

function location({ file, start }: Range): string {
  return `${file}:${start.line}:${start.column}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
