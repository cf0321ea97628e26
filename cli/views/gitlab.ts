import { createHash } from 'node:crypto';
import type { Severity } from '../../spec/diagnostics/diagnostic.ts';
import { type Annotation, annotationText } from './annotation.ts';

const severities: Record<Severity, string> = { error: 'critical', warning: 'major', info: 'info' };

/**
 * Renders annotations as GitLab's report of code quality, which shows them in a merge request. GitLab leaves out what has no place, so that
 * is at the first line of `home`. `pathOf`: returns a file's path from the repository's root.
 */
export function gitlabReport(annotations: Annotation[], pathOf: (path: string) => string, home: string): string {
  const seen = new Map<string, number>();
  const issues = annotations.map((one) => {
    const { severity, title, range } = one;
    const description = annotationText(one).replaceAll('\n', ' ');
    const path = pathOf(range?.file ?? home);
    // Without the line, so that a finding stays the same one where lines are added above it.
    const same = [path, title, description].join('\n');
    const nth = (seen.get(same) ?? 0) + 1;
    seen.set(same, nth);
    const fingerprint = createHash('sha256').update(`${same}\n${nth}`).digest('hex');
    const lines = { begin: range?.start.line ?? 1, end: range?.end.line ?? 1 };
    return { description, check_name: title, fingerprint, severity: severities[severity], location: { path, lines } };
  });
  return `${JSON.stringify(issues, null, 2)}\n`;
}
