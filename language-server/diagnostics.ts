import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import { type Code, codes } from '../spec/diagnostics/codes.ts';
import type * as spec from '../spec/diagnostics/diagnostic.ts';
import { rangeIn } from './positions.ts';
import type { Project } from './project.ts';

const severities: Record<spec.Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

/**
 * Returns the diagnostics by file. One without a place belongs to the project's own file, or to the first file.
 * `page`: the address of the page that explains every code under a heading, if there is one.
 */
export function diagnosticsByFile(project: Project, page?: string): Map<string, Diagnostic[]> {
  const found = new Map<string, Diagnostic[]>();
  const home = project.files().find(({ path }) => path === 'crm.yaml' || path === 'project.crm') ?? project.files()[0];
  for (const diagnostic of project.diagnostics()) {
    const file = project.file(diagnostic.range?.file ?? '') ?? home;
    if (!file) continue;
    const { start, end } = diagnostic.range ?? { start: { offset: 0 }, end: { offset: 0 } };
    const list = found.get(file.path) ?? [];
    list.push(shown(diagnostic, rangeIn(file, start.offset, end.offset), page));
    found.set(file.path, list);
  }
  return found;
}

function shown(
  { code, severity, message, help }: spec.Diagnostic,
  range: Diagnostic['range'],
  page?: string,
): Diagnostic {
  return {
    range,
    code,
    severity: severities[severity],
    source: 'crm',
    message: help === undefined ? `${message}.` : `${message}.\n${help}`,
    ...(page !== undefined && { codeDescription: { href: `${page}#${headingOf(code)}` } }),
  };
}

/** Returns the anchor that Markdown gives to the heading `CRM4002: A segment is unknown`. */
function headingOf(code: Code): string {
  const words = `${code} ${codes[code].title}`.toLowerCase();
  return words
    .replaceAll(/[^\p{L}\p{N} -]/gu, '')
    .trim()
    .replaceAll(' ', '-');
}
