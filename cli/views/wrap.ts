import stringWidth from 'string-width';

/**
 * Breaks words into lines of at most `width` columns of a terminal. A word that is longer, such as the name of a file, stays whole.
 * What is in a list stays together, blanks and all.
 */
export function wrap(words: string | string[], width: number): string[] {
  const lines: string[] = [];
  for (const word of typeof words === 'string' ? words.split(' ') : words) {
    const last = lines.at(-1);
    if (last !== undefined && stringWidth(`${last} ${word}`) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
