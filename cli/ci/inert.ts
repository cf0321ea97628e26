/** The HTML that a plan's own text may contain: its folds. */
const folds = /<\/?details>|<\/?summary>/g;
/** Matches text that would format, link, mention or command something. */
const active = /[<>@[\]]|https?:\/\/|www\.|(?:^|\W)#\d|^\//im;
/** Makes a text inert in a line of HTML, such as the title of a fold. */
const activeInHtml = /[<>@]|https?:\/\/|www\.|(?:^|\W)#\d/i;

/**
 * Returns true if a text in Markdown shows everything as it is: outside of code it has no tags but those of folds, no links, mentions or
 * commands. The views escape all names; this holds whatever a plan from elsewhere has in place of a number.
 */
export function isInert(text: string): boolean {
  let fence = '';
  for (const line of text.split('\n')) {
    const [, ticks = '', after = ''] = /^ {0,3}(`{3,})(.*)$/.exec(line) ?? [];
    if (fence !== '') {
      if (ticks.length >= fence.length && after.trim() === '') fence = '';
    } else if (ticks !== '' && !after.includes('`')) fence = ticks;
    else if (line.startsWith('<details>')) {
      if (activeInHtml.test(parted(line.replaceAll(folds, '')))) return false;
    } else if (active.test(withoutCode(line.replace(/^> ?/, '')).replaceAll(folds, ''))) return false;
  }
  return fence === '';
}

/** Returns a line without its code and without what is escaped. */
function withoutCode(line: string): string {
  let rest = line;
  let shown = '';
  while (rest !== '') {
    const [part = ''] = /^(?:\\[!-/:-@[-`{-~]|`+|[^\\`]+|\\)/.exec(rest) ?? [];
    rest = rest.slice(part.length);
    if (part.startsWith('`')) rest = afterCode(rest, part.length);
    else if (!/^\\./.test(part)) shown += part;
  }
  return parted(shown);
}

/** A letter without width parts what would be a mention. */
function parted(shown: string): string {
  return shown.replaceAll(/(?:[@#:]|www)&#8203;|&#?\w+;/g, '');
}

/** Returns what comes after the code that a run of so many backticks has begun; all of it, if nothing ends the code. */
function afterCode(rest: string, ticks: number): string {
  const end = [...rest.matchAll(/`+/g)].find(([run]) => run.length === ticks);
  return end ? rest.slice(end.index + ticks) : rest;
}
