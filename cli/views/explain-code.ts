import pc from 'picocolors';
import { allCodes, type Code, codes, groups } from '../../spec/diagnostics/codes.ts';
import type { Example } from '../../spec/diagnostics/explanation.ts';
import { explanations } from '../../spec/diagnostics/explanations.generated.ts';
import { currentLanguage } from '../../spec/words/language.ts';
import { t, translated } from '../../spec/words/t.ts';
import type { View } from '../io.ts';
import { indent, printable } from './format.ts';
import { hang, wrap } from './wrap.ts';

/** Lines longer than this are hard to read, however wide the terminal is. */
const widest = 90;

/** Returns the text about a code: its title, its reason, a wrong example and a right one. */
export function renderCode(code: Code, view: View): string {
  const colors = pc.createColors(view.color);
  const { wrong, right } = explanations[code];
  const { rule, severity } = codes[code];
  const { title, why } = textsOf(code);
  const width = Math.min(widest, view.width);
  const titled = hang(`${code} `, title, width);
  return [
    ...wrap([...titled.map(colors.bold), ...(rule ? [colors.dim(`(${rule}, ${severity})`)] : [])], width),
    '',
    ...wrap(why, width),
    '',
    colors.red(t`Wrong:`),
    ...indent(exampleLines(wrong)),
    '',
    colors.green(t`Right:`),
    ...indent(exampleLines(right)),
    '',
  ].join('\n');
}

function textsOf(code: Code): { title: string; why: string } {
  const { why, ru } = explanations[code];
  return currentLanguage().language === 'ru' ? ru : { title: codes[code].title, why };
}

/** Returns the list of all codes with their titles, by group. */
export function renderCodes({ color, width }: View): string {
  const colors = pc.createColors(color);
  const parts = Object.entries(groups).map(([group, title]) => {
    const mine = allCodes.filter((code) => codes[code].group === group);
    const rows = mine.flatMap((code) => hang(`  ${code}  `, textsOf(code).title, width));
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
