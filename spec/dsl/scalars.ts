import { Scalar } from 'yaml';
import { readString } from '../expression/operators/literals.ts';
import { t } from '../words/t.ts';
import { type Notes, rangeOf } from './notes.ts';
import { type CrmToken, endOf, OpenText, Text } from './tokens.ts';
import * as tree from './tree.ts';

/** A bare word, or the text between quotes. */
export function literal(token: CrmToken, notes: Notes): Scalar {
  const { startOffset: start, image } = token;
  if (token.tokenType !== Text && token.tokenType !== OpenText) return plain(image, start);
  const node = tree.scalar(textOf(token, notes), start, endOf(token));
  // Its escapes are those of YAML's double quotes, by which places inside the text are found.
  node.type = Scalar.QUOTE_DOUBLE;
  return node;
}

/** A number where the word is one; else what is written, which the checks explain. */
export function numeral(token: CrmToken, notes: Notes): Scalar {
  const node = literal(token, notes);
  if (/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(token.image)) {
    node.value = Number(token.image);
    node.source = token.image;
  }
  return node;
}

/** A number, true or false where it is one in the way it is printed; else text as it is. */
export function typed(text: string, start: number): Scalar {
  const node = plain(text, start);
  if (text === 'true' || text === 'false') node.value = text === 'true';
  else if (/^-?\d/.test(text) && String(Number(text)) === text) node.value = Number(text);
  return node;
}

/** A bare word as YAML would have it; what is between quotes is text. */
export function worded(token: CrmToken, notes: Notes): Scalar {
  const node = numeral(token, notes);
  if (token.image === 'true' || token.image === 'false') node.value = token.image === 'true';
  if (token.image === 'null') node.value = null;
  return node;
}

/** Text as it is. */
export function plain(text: string, start: number): Scalar {
  const node = tree.scalar(text, start, start + text.length);
  node.type = Scalar.PLAIN;
  return node;
}

function textOf(token: CrmToken, notes: Notes): string {
  const { image } = token;
  if (token.tokenType === OpenText) {
    notes.error(
      'CRM1043',
      rangeOf(notes, token),
      t`The quotation mark is not closed`,
      t`Add ${image.charAt(0)} at the end.`,
    );
    return image.slice(1);
  }
  const reading = readString(image);
  if ('value' in reading) return reading.value;
  notes.error('CRM1043', rangeOf(notes, token), reading.refusal.replace(/\.$/, ''), reading.help);
  return image.slice(1, -1);
}
