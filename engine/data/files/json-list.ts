import { later } from '../../../spec/words/t.ts';
import { jsonRows } from './json-rows.ts';
import { type Line, LONGEST_LINE } from './lines.ts';
import {
  emptyFile,
  type Format,
  faultyLine,
  type InputFile,
  type Item,
  Refused,
  setAside,
  TOO_LONG,
  unfinishedLine,
} from './record.ts';

const NO_LIST = later`The file is neither a JSON list of objects nor an object with such a list. A file with an object on each line ends with .jsonl.`;
const STRAY = later`The list of the file has items that are no objects; they are lost. Write an object for each row.`;
const OPEN = later`The list of the file is never closed: what follows is missing. Write the file again, to its end.`;

/**
 * A JSON list of objects, or an object of which the values that are lists have such. Objects are read one by one, so
 * that a broken one loses itself only; the whole is never in memory.
 */
export function jsonListFormat(file: InputFile): Format {
  const { rowsOf, atEnd } = jsonRows(file);
  /** The way in which deep lists and objects are nested, and how deep the rows are: 1 in a list, 2 in an object with lists. */
  let depth = 0;
  let level = 0;
  let quoted = false;
  let escaped = false;
  let begun = 0;
  let text = '';
  let tooBig = false;
  /** True if the list that is open is one whose objects are rows. */
  let listed = false;
  let stray = false;

  /** Returns true if an item of the list of rows begins that is no object. */
  const isStray = (letter: number) =>
    depth === 1 && level === 1 && begun === 0 && letter > SPACE && letter !== COMMA && letter !== OBJECT;
  const strays = (number: number, items: Item[]) => {
    if (!stray) items.push(setAside(file.path, number, 'broken-json', STRAY));
    stray = true;
  };

  const take = (items: Item[]) => {
    if (tooBig) items.push(setAside(file.path, begun, 'too-big', TOO_LONG));
    else if (text.includes('\uFFFD'))
      items.push(faultyLine(file.path, { number: begun, text: '', fault: 'wrong-encoding' }));
    else items.push(...rowsOf(text, begun, 'row'));
    text = '';
    tooBig = false;
    begun = 0;
  };

  const read = ({ text: line, number }: Line, items: Item[]): void => {
    let from = 0;
    for (let at = 0; at < line.length; at++) {
      const letter = line.charCodeAt(at);
      if (quoted) {
        if (escaped) escaped = false;
        else if (letter === BACKSLASH) escaped = true;
        else if (letter === QUOTE) quoted = false;
      } else if (letter === QUOTE) {
        quoted = true;
        if (isStray(letter)) strays(number, items);
      } else if (letter === LIST || letter === OBJECT) {
        if (depth === 0 && level > 0) throw new Refused([setAside(file.path, number, 'broken-json', NO_LIST)]);
        if (depth === 0) level = letter === LIST ? 1 : 2;
        else if (depth === 1 && level === 2) listed = letter === LIST;
        else if (depth === level && listed && letter === OBJECT) {
          begun = number;
          from = at;
        }
        if (depth === 0) listed = letter === LIST;
        if (isStray(letter)) strays(number, items);
        depth++;
      } else if (letter === LIST_END || letter === OBJECT_END) {
        depth--;
        if (depth === level && begun > 0) {
          text += line.slice(from, at + 1);
          take(items);
        }
      } else if (depth === 0 && letter > SPACE)
        throw new Refused([setAside(file.path, number, 'broken-json', NO_LIST)]);
      else if (isStray(letter)) strays(number, items);
    }
    if (begun === 0) return;
    if (text.length + line.length > LONGEST_LINE) {
      text = '';
      tooBig = true;
    }
    if (!tooBig) text += line.slice(from);
  };

  return (lines, last) => {
    const items: Item[] = [];
    for (const line of lines) read(line, items);
    if (last && level === 0) items.push(emptyFile(file.path));
    if (last === 'unfinished' && depth > 0) items.push(unfinishedLine(file.path, begun));
    else if (last && depth > 0) items.push(setAside(file.path, begun, 'broken-json', OPEN));
    return last ? [...items, ...atEnd()] : items;
  };
}

const [QUOTE, BACKSLASH, LIST, LIST_END, OBJECT, OBJECT_END, COMMA, SPACE] = [34, 92, 91, 93, 123, 125, 44, 32];
