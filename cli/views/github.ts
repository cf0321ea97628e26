import type { Severity } from '../../spec/diagnostics/diagnostic.ts';
import { type Annotation, annotationText } from './annotation.ts';

const commands: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * Renders annotations as workflow commands, which GitHub shows beside the lines of a pull request. `pathOf`: returns a file's path
 * from the repository's root.
 */
export function githubAnnotations(annotations: Annotation[], pathOf: (path: string) => string): string {
  return annotations.map((one) => `${command(one, pathOf)}\n`).join('');
}

function command(annotation: Annotation, pathOf: (path: string) => string): string {
  const { severity, title, range } = annotation;
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
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${commands[severity]} ${list.join(',')}::${escapeData(annotationText(annotation))}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
