import pc from 'picocolors';
import type { Diagnostic, Range, SourceFile } from '../../spec/diagnostic.ts';
import { codeFrame } from './code-frame.ts';
import { printable } from './format.ts';

export { diagnosticJson, summariseDiagnostics } from './diagnostics-told.ts';

export interface DiagnosticsView {
  color: boolean;
  /** The width of the terminal, in columns. */
  width: number;
}

/** Nobody reads more of them in one go. */
const most = 300;

/** Diagnostics for a terminal: what, where with a code frame, and what to do; an empty line after each. */
export function renderDiagnostics(diagnostics: Diagnostic[], files: SourceFile[], view: DiagnosticsView): string {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const shown = diagnostics.slice(0, most).map((diagnostic) => `${renderDiagnostic(diagnostic, texts, view)}\n`);
  const left = diagnostics.length - shown.length;
  return [...shown, ...(left > 0 ? [`… and ${left} more: \`crm validate --json\` lists all.\n`] : [])].join('\n');
}

function renderDiagnostic(diagnostic: Diagnostic, texts: ReadonlyMap<string, string>, view: DiagnosticsView): string {
  const colors = pc.createColors(view.color);
  const { severity, code, message, help, rule, fix } = printable({ ...diagnostic, range: undefined });
  const { range } = diagnostic;
  const paint = { error: colors.red, warning: colors.yellow, info: colors.blue }[severity];
  const name = rule === undefined ? '' : ` ${colors.dim(`(${rule})`)}`;
  const lines = [`${colors.bold(paint(`${severity} ${code}`))} ${colors.bold(message)}${name}`];
  if (range) {
    lines.push(`  ${colors.cyan(printable(location(range)))}`);
    const text = texts.get(range.file);
    if (text !== undefined) lines.push(...codeFrame(text, range, { width: view.width, paint, dim: colors.dim }));
  }
  if (help !== undefined) lines.push(`  ${colors.green('help:')} ${help}`);
  if (fix) lines.push(`  ${colors.green('fix:')} ${fix.title} (\`crm lint --fix\`)`);
  return lines.join('\n');
}

function location({ file, start }: Range): string {
  return `${file}:${start.line}:${start.column}`;
}
