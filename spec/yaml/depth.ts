/**
 * Returns the first place at which brackets or indented lines are inside more than `most` others, as far as can be seen without parsing;
 * undefined where there is none. How deep a parser can read depends on the rest of the stack.
 */
export function tooDeepAt(text: string, most: number): number | undefined {
  const bracket = deepBracket(text, most);
  const line = deepLine(text, most);
  return bracket === undefined || line === undefined ? (bracket ?? line) : Math.min(bracket, line);
}

function deepBracket(text: string, most: number): number | undefined {
  let depth = 0;
  for (const { 0: sign, index } of text.matchAll(/[[\]{}]/g)) {
    depth += sign === '[' || sign === '{' ? 1 : -1;
    if (depth > most) return index;
  }
  return undefined;
}

function deepLine(text: string, most: number): number | undefined {
  const margins: number[] = [];
  for (const { 0: blanks, index } of text.matchAll(/^[ -]*(?=\S)/gm)) {
    while ((margins.at(-1) ?? -1) >= blanks.length) margins.pop();
    margins.push(blanks.length);
    // `- - - a` is a list in each of its lists.
    if (margins.length + (blanks.match(/-/g)?.length ?? 0) > most) return index + blanks.length;
  }
  return undefined;
}
