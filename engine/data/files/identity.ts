import { hash } from 'node:crypto';
import { type Tally, tally } from './tally.ts';

/** Distinguishes the rows of one file. */
export interface Identity {
  /** Returns true if an earlier row of the file has the id; remembers it. */
  repeated(id: string): boolean;
  /**
   * Returns an id for a row that has none: the first 32 hex digits of SHA-256 over what the row means and how many
   * earlier rows of the file mean the same. The same file therefore gives the same ids again.
   */
  derived(meaning: string): string;
}

export function identity(): Identity {
  const ids = tally();
  const meanings = tally();
  return {
    repeated: (id) => count(ids, digest(id)) > 0,
    derived(meaning) {
      const first = digest(`${meaning}\n0`);
      const before = count(meanings, first);
      return before === 0 ? first : digest(`${meaning}\n${before}`);
    },
  };
}

/** Returns the first 32 hex digits of SHA-256. */
export function digest(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 32);
}

function count(into: Tally, key: string): number {
  return into.add(Number.parseInt(key.slice(0, 8), 16), Number.parseInt(key.slice(8, 16), 16));
}
