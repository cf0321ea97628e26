import { type Document, isCollection, visit } from 'yaml';
import { t } from '../words/t.ts';

export interface Slip {
  extent: [start: number, end: number];
  message: string;
  help: string;
}

const key = /([\p{L}_][\p{L}\p{N}_-]*):(?=\s|$)/u;

/** Explains a block where braces or brackets allow none: it begins at `start`. */
export function blockInFlow(text: string, [start, end]: [number, number]): Slip {
  const at = text.slice(start, end);
  if (/^-\s/.test(at)) {
    const help = t`Write the list between brackets, as in [a, b], or do without the braces around it.`;
    return { extent: [start, start + 1], message: t`A list with dashes cannot stand between braces`, help };
  }
  const found = key.exec(at);
  const before = at.slice(0, found?.index).trim();
  if (found && before !== '') return missingComma(start + found.index, found[1] ?? '');
  const value = (/^[^,}\]\n]*/.exec(at)?.[0] ?? at).trimEnd();
  return colonInside([start, start + value.length], value);
}

/** `title: Note: this`, or a map in the line of its key. */
export function colonInside(extent: [number, number], value: string): Slip {
  const help = [t`Put it in quotes: "${value}".`];
  if (/^[a-z_]+:\s/.test(value)) help.push(t`If it is a map: { ${value} }.`);
  return { extent, message: t`The value contains a colon and a blank`, help: help.join(' ') };
}

/** The comma that is missing at the end of a line between braces; undefined: the place is not between any. */
export function commaAtLineEnd(text: string, document: Document, start: number): Slip | undefined {
  let inside = false;
  visit(document, {
    Collection(_key, { flow, range }) {
      if (flow && range && '{['.includes(text.charAt(range[0])) && range[0] < start && start < range[2]) inside = true;
    },
  });
  const rest = text.slice(start);
  const found = inside ? key.exec(rest.slice(rest.indexOf('\n') + 1)) : null;
  return found ? missingComma(start + rest.indexOf('\n') + 1 + found.index, found[1] ?? '') : undefined;
}

function missingComma(at: number, name: string): Slip {
  const help = t`Put a comma before \`${name}\`.`;
  return { extent: [at, at + name.length], message: t`A comma is missing between two keys`, help };
}

/** The bracket of another kind that closes the one at `start`; undefined: none does. Quoted text is passed over. */
export function closedByOther(text: string, document: Document, start: number): Slip | undefined {
  const quoted: [number, number][] = [];
  visit(document, {
    Scalar(_key, { type, range }) {
      if (range && type?.startsWith('QUOTE')) quoted.push([range[0], range[1]]);
    },
    Node(_key, node) {
      return isCollection(node) ? undefined : visit.SKIP;
    },
  });
  const open: string[] = [];
  for (let at = start; at < text.length; at++) {
    if (quoted.some(([from, to]) => from <= at && at < to)) continue;
    const sign = text.charAt(at);
    if ('{['.includes(sign)) open.push(sign);
    if (!'}]'.includes(sign)) continue;
    const wanted = open.pop() === '{' ? '}' : ']';
    if (sign === wanted) continue;
    const other = wanted === '}' ? '{' : '[';
    return {
      extent: [at, at + 1],
      message: t`A \`${sign}\` does not close the \`${other}\` before it`,
      help: t`Write \`${wanted}\`.`,
    };
  }
  return undefined;
}
