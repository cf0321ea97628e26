import type { Value } from '../../../store/database.ts';
import type { ValueCode } from '../problem.ts';

/** The reason for which a cell is not a value of its type. */
export interface Trouble {
  code: ValueCode | 'too-big';
  /** Returns the sentence, without its full stop, that begins with the column; it adds nothing of the value. */
  why(what: string): string;
  /** Returns the part of the cell that is meant, such as `items, item 3, price`. */
  part?(column: string): string;
  /** Empties the field and keeps the row. */
  soft?: boolean;
  /** Keeps the row with this value; `says` adds that to the sentence before. */
  instead?: { value: string | boolean; says: Says; saysOfGrant?: Says };
}

/** Returns the sentence with its full stop, and what follows from it. */
export type Says = (sentence: string) => string;

/** Text is trimmed and not empty; a cell of JSON can also be a number, a boolean, an array or an object. Never throws. */
export type Converter = (cell: unknown) => Value | Trouble;

export function isTrouble(result: Value | Trouble): result is Trouble {
  return typeof result === 'object' && result !== null;
}

/** Converts the types whose cells are text; a JSON number is taken as its digits. */
export function ofText(convert: (text: string) => Value | Trouble, otherwise: Trouble): Converter {
  return (cell) => {
    if (typeof cell === 'string') return convert(cell);
    return typeof cell === 'number' ? convert(String(cell)) : otherwise;
  };
}

/**
 * Remembers answers for cells with few different values. Forgets all when there are too many: a file of nothing but
 * different values must not fill the memory.
 */
export function remembered<T>(work: (text: string) => T, most = 10_000): (text: string) => T {
  const answers = new Map<string, T>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known;
    // A part of a text would keep the whole of it.
    const own = ` ${text}`.slice(1);
    const answer = work(own);
    if (answers.size >= most) answers.clear();
    answers.set(own, answer);
    return answer;
  };
}
