/** Returns a text as one line of Markdown that shows it as it is: no name or title of a project may format, link, mention or close anything. */
export function line(text: string): string {
  return text
    .split(/(`[^`\n]+`)/)
    .map((part, i) => (i % 2 === 1 ? code(part.slice(1, -1)) : escaped(part)))
    .join('');
}

/** Returns a text as code within a line, also within a table. */
export function code(text: string): string {
  const flat = text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|');
  const longest = Math.max(0, ...[...flat.matchAll(/`+/g)].map(([run]) => run.length));
  const ticks = '`'.repeat(longest + 1);
  return longest > 0 ? `${ticks} ${flat} ${ticks}` : `${ticks}${flat}${ticks}`;
}

/** Returns lines as a block of code. */
export function fence(lines: string[]): string {
  const longest = Math.max(2, ...lines.flatMap((one) => [...one.matchAll(/`+/g)].map(([run]) => run.length)));
  const ticks = '`'.repeat(longest + 1);
  return [`${ticks}text`, ...lines, ticks].join('\n');
}

/**
 * Returns a text for a line of HTML in Markdown, where nothing but HTML is read. GitHub and GitLab look for mentions and addresses in what
 * is shown, so that no escape helps, but a letter without width does.
 */
export function html(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[@#]|:(?=\/\/)|www(?=\.)/gi, '$&&#8203;');
}

function escaped(text: string): string {
  return html(text).replaceAll(/[\\*_[\]|~`]/g, '\\$&');
}
