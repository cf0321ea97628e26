import stringWidth from 'string-width';

/** Widths in ems of characters in the sans-serif faces that systems bring, rather too wide than too narrow. */
const widths: [RegExp, number][] = [
  [/[iljI.,:;'’|!]/, 0.34],
  [/[frt()[\]{}\-"/\\ ]/, 0.42],
  [/[mwMW@%шщжюыфмШЩЖЮЫФМ—…]/, 0.96],
  [/[A-ZА-ЯЁ<>=+~#&]/, 0.78],
  [/[\p{Ll}\d_]/u, 0.63],
];

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Width of one line, about, in pixels; `size`: of the font, in pixels. */
export function textWidth(text: string, size: number): number {
  let ems = 0;
  for (const { segment } of graphemes.segment(text)) {
    ems += widths.find(([shape]) => shape.test(segment))?.[1] ?? Math.max(0.8, 0.6 * stringWidth(segment));
  }
  return ems * size;
}
