import pc from 'picocolors';
import stringWidth from 'string-width';
import type { Diagnostic, Range, Severity, SourceFile } from '../../spec/diagnostics/diagnostic.ts';
import { t } from '../../spec/words/t.ts';
import { codeFrame } from './code-frame.ts';
import { folded, otherNames } from './diagnostics-folded.ts';
import { printable } from './format.ts';
import { hang, wrap } from './wrap.ts';

export { diagnosticJson, summariseDiagnostics } from './diagnostics-told.ts';

export interface DiagnosticsView {
  color: boolean;
  /** The width of the terminal, in columns. */
  width: number;
}

/** Nobody reads more of them in one go. */
const most = 300;
/** Further places of one finding. */
const mostPlaces = 20;

/**
 * Diagnostics for a terminal: what, where with a code frame, and what to do; an empty line after each. Those that are the same but
 * for their places are shown once, with all places.
 */
export function renderDiagnostics(diagnostics: Diagnostic[], files: SourceFile[], view: DiagnosticsView): string {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const groups = folded(diagnostics);
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
    const paint = painted(first.severity, view);
    if (text !== undefined) lines.push(...codeFrame(text, range, { width: view.width, paint, dim: colors.dim }));
  }
  lines.push(...places(first, others, view));
  if (help !== undefined) lines.push(...hang(`  ${colors.green(t`help:`)} `, help, view.width));
  if (fix) lines.push(...hang(`  ${colors.green(t`fix:`)} `, `${fix.title} (\`crm lint --fix\`)`, view.width));
  return lines.join('\n');
}

function headline({ severity, code, message, rule }: Diagnostic, view: DiagnosticsView): string[] {
  const colors = pc.createColors(view.color);
  const head = `${colors.bold(painted(severity, view)(`${nameOf(severity)} ${code}`))} `;
  const name = rule === undefined ? '' : ` ${colors.dim(`(${rule})`)}`;
  // Colours are for single words, so that each line has its own.
  const words = printable(message).split(' ').map(colors.bold).join(' ');
  return hang(head, `${words}${name}`, view.width, 2);
}

/** The other places of a finding: in one list, with the names that are others there; those where more is different, with their words. */
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

/** Items with commas between them, each in one piece. */
function listed(first: string, items: string[], width: number): string[] {
  const indent = stringWidth(first);
  const pieces = items.map((item, i) => (i < items.length - 1 ? `${item},` : item));
  return wrap(pieces, width - indent).map((line, i) => (i === 0 ? first : ' '.repeat(indent)) + line);
}

function nameOf(severity: Severity): string {
  return { error: t`error`, warning: t`warning`, info: t`info` }[severity];
}

function painted(severity: Severity, { color }: DiagnosticsView): (text: string) => string {
  const { red, yellow, blue } = pc.createColors(color);
  return { error: red, warning: yellow, info: blue }[severity];
}

function location({ file, start }: Range): string {
  return `${file}:${start.line}:${start.column}`;
}
