import pc from 'picocolors';
import { codes } from '../../spec/diagnostics/codes.ts';
import type { Example } from '../../spec/diagnostics/explanation.ts';
import { explanations, groups } from '../../spec/diagnostics/explanations.ts';
import { lintRules } from '../../spec/lint/codes.ts';
import { t, translated } from '../../spec/words/t.ts';
import type { View } from '../io.ts';
import { indent, printable } from './format.ts';
import { hang, wrap } from './wrap.ts';

/** Lines longer than this are hard to read, however wide the terminal is. */
const widest = 90;

/** One code: its title, what it means and why, an example, and the same put right. */
export function explained(code: string, view: View): string {
  const colors = pc.createColors(view.color);
  const explanation = explanations[code];
  if (!explanation) return '';
  const rule = Object.entries(lintRules).find((entry) => entry[1].code === code);
  const width = Math.min(widest, view.width);
  const titled = hang(`${code} `, translated(codes[code] ?? ''), width);
  return [
    ...wrap([...titled.map(colors.bold), ...(rule ? [colors.dim(`(${rule[0]}, ${rule[1].severity})`)] : [])], width),
    '',
    ...wrap(translated(explanation.why), width),
    '',
    colors.red(t`Wrong:`),
    ...indent(exampleLines(explanation.wrong)),
    '',
    colors.green(t`Right:`),
    ...indent(exampleLines(explanation.right)),
    '',
  ].join('\n');
}

/** All codes with their titles, by what they are about. */
export function codeList({ color, width }: View): string {
  const colors = pc.createColors(color);
  const parts = groups.map(({ title, explanations: mine }) => {
    const rows = Object.keys(mine)
      .sort()
      .flatMap((code) => hang(`  ${code}  `, translated(codes[code] ?? ''), width));
    return [colors.bold(translated(title)), ...rows].join('\n');
  });
  return `${parts.join('\n\n')}\n`;
}

/** Returns the lines of an example. Characters that cannot be seen are dots; long lines are cut. */
function exampleLines(example: Example): string[] {
  if (typeof example === 'string') return cut(example);
  return Object.entries(example).flatMap(([path, text], index) => [
    ...(index > 0 ? [''] : []),
    `${path}:`,
    ...indent(cut(text)),
  ]);
}

function cut(text: string): string[] {
  const lines = text.trimEnd().split('\n');
  return lines.map((line) => printable(line.length > widest ? `${line.slice(0, widest - 1)}…` : line));
}
