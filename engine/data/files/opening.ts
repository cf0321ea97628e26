import type { Encoding, Writing } from '../../../spec/model/data.ts';
import { later } from '../../../spec/words/t.ts';
import { declared, decoded, HEAD, type Letters, recognise, separatorLine } from './encoding.ts';
import { type Line, readLines } from './lines.ts';
import type { RowProblem } from './problem.ts';
import { Refused, setAside } from './record.ts';

/** The notation of a file, by its first bytes and what is declared of it. */
export interface Opening {
  letters: Letters;
  /** Its lines end with CR alone. */
  returns: boolean;
  problems: RowProblem[];
}

/** Throws `Refused` where the declared encoding is certainly not the file's. */
export function openingOf(path: string, head: Uint8Array, { encoding }: Writing): Opening {
  const found = encoding === undefined ? recognise(head) : { letters: declared(encoding, head) };
  if (!found.letters) throw new Refused([setAside(path, 0, 'wrong-encoding', otherwise(encoding ?? 'utf-8', head))]);
  const { letters } = found;
  const text = letters === 'utf-8' ? Buffer.from(head).toString('latin1') : new TextDecoder(letters).decode(head);
  const problems = 'guessed' in found && found.guessed ? [guessed(path, letters)] : [];
  return { letters, returns: endsWithReturns(text), problems };
}

/** Returns the bytes in UTF-8, with lines that end with LF or CRLF. */
export function plain(input: AsyncIterable<Uint8Array>, { letters, returns }: Opening): AsyncIterable<Uint8Array> {
  const bytes = letters === 'utf-8' ? input : decoded(input, letters);
  return returns ? withLineFeeds(bytes) : bytes;
}

/**
 * Returns the lines that name the columns of a file whose rows can be read from any line on: the first one, and one
 * before it that only names the separator. Undefined: it must be read from its beginning.
 */
export async function headLines(path: string, head: Uint8Array, writing: Writing): Promise<Line[] | undefined> {
  const opening = openingOf(path, head, writing);
  if (opening.returns || opening.letters.startsWith('utf-16')) return undefined;
  const found: Line[] = [];
  for await (const lines of readLines(plain(one(head), opening))) found.push(...lines.slice(0, 2 - found.length));
  const [first, second] = found;
  if (!first || first.open || first.fault) return undefined;
  if (!separatorLine(first.text)) return isLine(first.text) ? [first] : undefined;
  return second && !second.open && !second.fault && isLine(second.text) ? [first, second] : undefined;
}

/** Returns true if a header ends with its line. */
function isLine(header: string): boolean {
  return header.trim() !== '' && header.split('"').length % 2 === 1;
}

/** Returns true if the first line that ends outside of quotes ends with CR alone. */
function endsWithReturns(text: string): boolean {
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (letter === '"') quoted = !quoted;
    else if (letter === '\n' && !quoted) return false;
    else if (letter === '\r' && !quoted) return text[at + 1] !== '\n';
  }
  return text.includes('\r') && !text.includes('\n');
}

async function* withLineFeeds(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of input) yield chunk.map((byte) => (byte === 13 ? 10 : byte));
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const names: Partial<Record<Letters, string>> = { 'utf-16le': 'utf-16', 'utf-16be': 'utf-16' };

function guessed(path: string, letters: Letters): RowProblem {
  const name = names[letters] ?? letters;
  const message = later`The file is not UTF-8. It is read as ${name}, which it looks like; write \`encoding: ${name}\` at its source if that is right, and the right encoding if it is not.`;
  return { path, line: 0, code: 'guessed-encoding', message, fatal: false };
}

function otherwise(encoding: Encoding, head: Uint8Array): string {
  const { letters } = recognise(head.subarray(0, HEAD));
  return later`The source declares \`encoding: ${encoding}\`, and the file is ${names[letters] ?? letters}. Correct the one or the other.`;
}
