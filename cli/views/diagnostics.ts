import pc from 'picocolors';
import stringWidth from 'string-width';
import type { Diagnostic, Range, Severity, SourceFile } from '../../spec/diagnostics/diagnostic.ts';
import { t } from '../../spec/words/t.ts';
import { codeFrame } from './code-frame.ts';
import { foldDiagnostics, otherNames } from './diagnostics-folded.ts';
import { printable } from './format.ts';
import { hang, wrap } from './wrap.ts';

export { diagnosticJson, summariseDiagnostics } from './diagnostics-summary.ts';

export interface DiagnosticsView {
  color: boolean;
  /** The width of the terminal, in columns. */
  width: number;
}

/** The maximum number of diagnostics shown: nobody reads more at once. */
const most = 300;
/** The maximum number of further places shown for one finding. */
const mostPlaces = 20;

/**
 * Renders diagnostics for a terminal: the problem, the code frame and the remedy, with an empty line after each. Those that differ
 * only in their places are shown once, with all places.
 */
export function renderDiagnostics(diagnostics: Diagnostic[], files: SourceFile[], view: DiagnosticsView): string {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const groups = foldDiagnostics(diagnostics);
  const shown = groups.slice(0, most).map((group) => `${renderGroup(group, texts, view)}\n`);
  const left = groups.slice(most).flat().length;
  return [...shown, ...(left > 0 ? [`${t`… and ${left} more: \`crm validate --json\` lists all.`}\n`] : [])].join('\n');
}

function renderGroup(
  [first, ...others]: [Diagnostic, ...Diagnostic[]],
  texts: ReadonlyMap<string, string>,
  view: DiagnosticsView,
): string {
  const colors = pc.createColors(view.color);
  const { help, fix } = printable({ help: first.help, fix: first.fix });
  const lines = headline(first, view);
  const { range } = first;
  if (range) {
    lines.push(`  ${colors.cyan(printable(location(range)))}`);
    const text = texts.get(range.file);
    const paint = painter(first.severity, view);
    if (text !== undefined) lines.push(...codeFrame(text, range, { width: view.width, paint, dim: colors.dim }));
  }
  lines.push(...places(first, others, view));
  if (help !== undefined) lines.push(...hang(`  ${colors.green(t`help:`)} `, help, view.width));
  if (fix) lines.push(...hang(`  ${colors.green(t`fix:`)} `, `${fix.title} (\`crm lint --fix\`)`, view.width));
  return lines.join('\n');
}

function headline({ severity, code, message, rule }: Diagnostic, view: DiagnosticsView): string[] {
  const colors = pc.createColors(view.color);
  const head = `${colors.bold(painter(severity, view)(`${nameOf(severity)} ${code}`))} `;
  const name = rule === undefined ? '' : ` ${colors.dim(`(${rule})`)}`;
  // Each word has its own colours, so that each line of wrapped text has too.
  const words = printable(message).split(' ').map(colors.bold).join(' ');
  return hang(head, `${words}${name}`, view.width, 2);
}

/** Returns the other places of a finding: one list if only names differ, else each with its own text. */
function places({ message }: Diagnostic, others: Diagnostic[], { color, width }: DiagnosticsView): string[] {
  const colors = pc.createColors(color);
  const first = `  ${colors.dim(t`also:`)} `;
  const list: string[] = [];
  const lines: string[] = [];
  const placed = others.flatMap((other) => (other.range ? [{ message: other.message, range: other.range }] : []));
  for (const other of placed.slice(0, mostPlaces)) {
    const at = colors.cyan(printable(location(other.range)));
    const names = otherNames(other.message, message);
    if (names) list.push([...names.map(printable), at].join(' '));
    else lines.push(...hang(first, `${at} ${printable(other.message)}`, width));
  }
  const left = placed.length - mostPlaces;
  return [...listed(first, list, width), ...lines, ...(left > 0 ? hang(first, t`${left} more places`, width) : [])];
}

/** Joins items by commas; no item is broken across lines. */
function listed(first: string, items: string[], width: number): string[] {
  const indent = stringWidth(first);
  const pieces = items.map((item, i) => (i < items.length - 1 ? `${item},` : item));
  return wrap(pieces, width - indent).map((line, i) => (i === 0 ? first : ' '.repeat(indent)) + line);
}

function nameOf(severity: Severity): string {
  return { error: t`error`, warning: t`warning`, info: t`info` }[severity];
}

function painter(severity: Severity, { color }: DiagnosticsView): (text: string) => string {
  const { red, yellow, blue } = pc.createColors(color);
  return { error: red, warning: yellow, info: blue }[severity];
}

function location({ file, start }: Range): string {
  return `${file}:${start.line}:${start.column}`;
}
