/** One line, whatever the data holds: a line break in a subject would be a second header. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

/** No blanks at line ends, at most one empty line in a row, nothing around. */
export function tidy(text: string): string {
  if (isTidy(text)) return text.trim();
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Looks at line breaks only: several times faster than to replace nothing, and most messages need nothing. */
function isTidy(text: string): boolean {
  if (text.includes('\r')) return false;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    const before = text[at - 1];
    if (before === ' ' || before === '\t') return false;
    if (before === '\n' && text[at + 1] === '\n') return false;
  }
  return true;
}

/** For SMS: the no-break spaces of formatted amounts would turn a message of 160 letters into one of 70. */
export function plainSpaces(text: string): string {
  return text.replace(/[\u00A0\u2007\u202F]/g, ' ');
}
