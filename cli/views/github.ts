import type { Diagnostic, Severity } from '../../spec/diagnostics/diagnostic.ts';
import { printable } from './format.ts';

const commands: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * Renders diagnostics as workflow commands, which GitHub shows beside the lines of a pull request. `pathOf`: returns a file's path
 * from the repository's root.
 */
export function githubAnnotations(diagnostics: Diagnostic[], pathOf: (path: string) => string): string {
  return diagnostics.map((diagnostic) => `${annotation(diagnostic, pathOf)}\n`).join('');
}

function annotation({ severity, code, message, help, rule, range }: Diagnostic, pathOf: (path: string) => string) {
  const title = rule === undefined ? code : `${code} ${rule}`;
  const properties: Record<string, string | number> = range
    ? {
        file: pathOf(range.file),
        line: range.start.line,
        endLine: range.end.line,
        // GitHub refuses columns for a range over several lines.
        ...(range.start.line === range.end.line && { col: range.start.column, endColumn: range.end.column }),
        title,
      }
    : { title };
  // Logs are also read in terminals.
  const lines = printable([message, ...(help === undefined ? [] : [help])]);
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${commands[severity]} ${list.join(',')}::${escapeData(lines.join('\n'))}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
