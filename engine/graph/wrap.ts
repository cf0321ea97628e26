import stringWidth from 'string-width';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Breaks a text into lines of at most `columns` (of a terminal), at blanks where there are any. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text
    .trim()
    .split(/\s+/u)
    .flatMap((each) => pieces(each, columns))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (stringWidth(longer) <= columns) {
      line = longer;
      continue;
    }
    lines.push(line);
    line = word;
  }
  return line === '' ? lines : [...lines, line];
}

/** A word that is too long for a line, in parts that are not. */
function pieces(word: string, columns: number): string[] {
  if (stringWidth(word) <= columns) return [word];
  const parts = [''];
  for (const { segment } of graphemes.segment(word)) {
    const part = `${parts.at(-1) ?? ''}${segment}`;
    if (stringWidth(part) <= columns) parts[parts.length - 1] = part;
    else parts.push(segment);
  }
  return parts;
}

/** Widths in ems of characters in the sans-serif faces that systems bring, rather too wide than too narrow. */
const widths: [RegExp, number][] = [
  [/[iljI.,:;'’|!]/, 0.34],
  [/[frt()[\]{}\-"/\\ ]/, 0.42],
  [/[mwMW@%шщжюыфмШЩЖЮЫФМ—…]/, 0.96],
  [/[A-ZА-ЯЁ<>=+~#&]/, 0.78],
  [/[\p{Ll}\d_]/u, 0.63],
];

/** Width of one line, about, in pixels; `size`: of the font, in pixels. */
export function textWidth(text: string, size: number): number {
  let ems = 0;
  for (const { segment } of graphemes.segment(text)) {
    ems += widths.find(([shape]) => shape.test(segment))?.[1] ?? Math.max(0.8, 0.6 * stringWidth(segment));
  }
  return ems * size;
}
