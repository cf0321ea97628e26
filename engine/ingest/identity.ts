import { hash } from 'node:crypto';
import { type Tally, tally } from './tally.ts';

/** Tells the rows of one file apart. */
export interface Identity {
  /** Whether an earlier row of the file has the id; remembers it. */
  repeated(id: string): boolean;
  /**
   * An id for a row that has none: the first 32 hex digits of SHA-256 over what the row says and how many earlier rows
   * of the file say the same. The same file therefore gives the same ids again.
   */
  derived(content: string): string;
}

export function identity(): Identity {
  const ids = tally();
  const contents = tally();
  return {
    repeated: (id) => count(ids, sha(id)) > 0,
    derived(content) {
      const first = sha(`${content}\n0`);
      const before = count(contents, first);
      return before === 0 ? first : sha(`${content}\n${before}`);
    },
  };
}

function sha(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 32);
}

function count(into: Tally, digest: string): number {
  return into.add(Number.parseInt(digest.slice(0, 8), 16), Number.parseInt(digest.slice(8, 16), 16));
}
