import type { Paragraph } from '../document/margins.ts';

/** Most of a line, so that what stands before it has room too. */
const short = 80;

/** Goes on where the last line has ended. */
export function joined(lines: string[], more: string[]): string[] {
  const [first, ...rest] = more;
  if (first === undefined) return lines;
  const last = lines.at(-1) ?? '';
  return [...lines.slice(0, -1), last === '' || first === '' ? last + first : `${last} ${first}`, ...rest];
}

export function braced(lines: string[]): string[] {
  return ['{', ...lines.map((line) => (line === '' ? '' : `  ${line}`)), '}'];
}

/** Between braces on one line, where it fits. */
export function inline(paragraphs: Paragraph[], separator: string, depth: number): string[] | undefined {
  if (paragraphs.length === 0) return ['{}'];
  if (paragraphs.some(({ lines }) => lines.length !== 1)) return undefined;
  const text = `{ ${paragraphs.map(({ lines }) => lines[0]).join(separator)} }`;
  return text.length + 2 * depth <= short ? [text] : undefined;
}
