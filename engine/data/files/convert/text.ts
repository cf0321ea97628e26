import { later } from '../../../../spec/words/t.ts';
import { type Converter, ofText, type Trouble } from './converter.ts';

/** The longest text of a field, in bytes of UTF-8. */
export const LONGEST = 1024 * 1024;
const LONGEST_KEY = 200;

const NO_TEXT: Trouble = { code: 'bad-text', why: (what) => later`${what} is not text` };
const UNSTORABLE: Trouble = {
  code: 'bad-text',
  why: (what) => later`${what} holds characters that no database stores (NUL or half of a surrogate pair)`,
};
const BAD_KEY: Trouble = {
  code: 'bad-text',
  why: (what) => later`${what} is not an id: up to ${LONGEST_KEY} characters on one line, without control characters`,
};

export const TOO_BIG: Trouble = { code: 'too-big', why: (what) => later`${what} is longer than 1 MB; shorten it` };

export function tooBig(text: string): boolean {
  // Most texts are so short that their bytes need not be counted.
  return text.length * 3 > LONGEST && Buffer.byteLength(text) > LONGEST;
}

export const text: Converter = ofText(
  (cell) => (cell.includes('\0') || !cell.isWellFormed() ? UNSTORABLE : cell),
  NO_TEXT,
);

export const key: Converter = ofText(
  (cell) => (cell.length > LONGEST_KEY || /\p{Cc}/u.test(cell) || !cell.isWellFormed() ? BAD_KEY : cell),
  NO_TEXT,
);

/** A message's id: also as a Message-ID, `<id@domain>`, and in any case of letters. */
export const messageId: Converter = (cell) => {
  const id = key(cell);
  if (typeof id !== 'string') return id;
  return id.toLowerCase().replace(/^<|>$/g, '').replace(/@.*$/, '').trim() || NO_TEXT;
};

/** Accepts one of a few words; `choices` gives the stored value of each. */
export function choice(choices: Record<string, string | boolean>, instead?: Trouble['instead']): Converter {
  const why = (what: string) => later`${what} is not one of ${Object.keys(choices).join(', ')}`;
  const trouble: Trouble = { code: 'bad-choice', why, ...(instead && { instead }) };
  return ofText((cell) => {
    const word = cell.toLowerCase();
    return Object.hasOwn(choices, word) ? (choices[word] ?? trouble) : trouble;
  }, trouble);
}

const BOOLEANS = new Map([
  ['true', true],
  ['yes', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['0', false],
]);

export const boolean: Converter = (cell) =>
  (typeof cell === 'boolean' ? cell : BOOLEANS.get(String(cell).toLowerCase())) ?? {
    code: 'bad-boolean',
    why: (what) => later`${what} is neither true (yes, 1) nor false (no, 0)`,
  };
