import pc from 'picocolors';
import type { Diagnostic, Range, Severity, SourceFile } from '../../spec/diagnostic.ts';
import { t } from '../../spec/text/t.ts';
import { codeFrame } from './code-frame.ts';
import { folded } from './diagnostics-folded.ts';
import { printable } from './format.ts';
import { hang } from './wrap.ts';

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

/** The other places of a finding: those where it says the same in one list, the others with their words. */
function places({ message }: Diagnostic, others: Diagnostic[], { color, width }: DiagnosticsView): string[] {
  const colors = pc.createColors(color);
  const first = `  ${colors.dim(t`also:`)} `;
  const placed = others.flatMap(({ range, ...rest }) => (range ? [{ ...rest, at: printable(location(range)) }] : []));
  const shown = placed.slice(0, mostPlaces);
  const same = shown.filter((one) => one.message === message).map(({ at }) => colors.cyan(at));
  const lists = same.length > 0 ? hang(first, same.join(', '), width) : [];
  const lines = shown
    .filter((one) => one.message !== message)
    .flatMap((one) => hang(first, `${colors.cyan(one.at)} ${printable(one.message)}`, width));
  const left = placed.length - shown.length;
  return [...lists, ...lines, ...(left > 0 ? hang(first, t`${left} more places`, width) : [])];
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
