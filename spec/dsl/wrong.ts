import { capital } from '../document/wording.ts';
import { choice, quote } from '../words/kinds.ts';
import { closestName, knownHelp, nameHelp } from '../words/names.ts';
import { t, translated } from '../words/t.ts';
import { type Notes, rangeOf } from './notes.ts';
import { type CrmToken, Word } from './tokens.ts';

/** Reports a word that is close to one of the allowed words, and reads it as that one. */
export function mend(token: CrmToken, words: readonly string[], title: string, notes: Notes): void {
  if (token.tokenType !== Word || words.includes(token.word ?? '')) return;
  const meant = closestName(token.image, words);
  if (meant === undefined) return;
  const message = t`Unknown word ${quote(token.image)} in ${translated(title)}`;
  notes.error('CRM1010', rangeOf(notes, token), message, nameHelp(token.image, [meant], 'words'));
  token.word = meant;
}

export function unknownWord(token: CrmToken, words: readonly string[], title: string, notes: Notes): void {
  const message = t`Unknown word ${quote(token.image)} in ${translated(title)}`;
  notes.error('CRM1010', rangeOf(notes, token), message, knownHelp([...new Set(words)], 'words'));
}

/** Reports something at the end of a statement that has no meaning there. */
export function leftover(token: CrmToken, words: readonly string[], title: string, notes: Notes): void {
  const help =
    words.length > 0
      ? t`Here ${translated(title)} may go on with ${choice(words)}.`
      : t`Here ${translated(title)} ends.`;
  notes.error('CRM1040', rangeOf(notes, token), t`${quote(token.image)} is not expected here`, help);
}

export function twice(token: { image: string; start: number; end: number }, what: string, notes: Notes): void {
  const help = what === 'name' ? t`Keep one of the two, or give one another name.` : t`Keep one of the two.`;
  notes.error('CRM1003', notes.range(token.start, token.end), t`${quote(token.image)} stands twice`, help);
}

export function noWord(after: CrmToken, word: string, notes: Notes): void {
  const message = t`${quote(word)} is missing after ${quote(after.image)}`;
  notes.error('CRM1040', rangeOf(notes, after), message, t`Write \`${after.image} ${word} …\`.`);
}

export function noValue(after: CrmToken, notes: Notes): void {
  const message = t`The value of ${quote(after.image)} is missing`;
  notes.error('CRM1040', rangeOf(notes, after), message, t`Write \`${after.image} …\`.`);
}

export function noName(after: CrmToken, title: string, notes: Notes): void {
  notes.error(
    'CRM1011',
    rangeOf(notes, after),
    t`${capital(translated(title))} needs a name`,
    t`Write \`${after.image} <name> …\`.`,
  );
}

export function noBlock(after: CrmToken, title: string, notes: Notes): void {
  const message = t`${capital(translated(title))} needs braces: \`{\` is missing`;
  notes.error(
    'CRM1041',
    rangeOf(notes, after),
    message,
    t`Write \`{\` at the end of this line, and \`}\` in a line below.`,
  );
}
