import type { Source } from '../../../spec/model/data.ts';
import { t } from '../../../spec/words/t.ts';
import type { Understood } from './columns.ts';
import { type Declared, idsBy, writingOfFile } from './draft.ts';
import { referring } from './events-source.ts';
import type { FileGuess, Wishes } from './guess.ts';
import { isDay } from './kind.ts';
import type { Look } from './look.ts';
import { exampleOf } from './naming.ts';
import { channelIn, consentWord, wordKey } from './words.ts';

type Found = Omit<FileGuess, 'why'> | string;

export function consentSource(look: Look, columns: Understood[], ids: ReadonlySet<string>, wishes: Wishes): Found {
  const says = ({ words, concept }: Understood) =>
    concept?.name !== 'customer' &&
    words.size > 0 &&
    [...words.keys()].every((word) => consentWord(word) !== undefined);
  const status = columns.find(says) ?? columns.find(({ concept }) => concept?.name === 'status');
  return fixedSource(look, 'consent', { ...shared(columns, ids), status }, columns, wishes, ids);
}

export function suppressionSource(look: Look, columns: Understood[], ids: ReadonlySet<string>, wishes: Wishes): Found {
  const reason = columns.find(({ concept }) => concept?.name === 'reason');
  return fixedSource(look, 'suppressions', { ...shared(columns, ids), reason }, columns, wishes, ids);
}

type Roles = Record<string, Understood | undefined>;

function shared(columns: Understood[], ids: ReadonlySet<string>): Roles {
  const channel = columns.find(({ concept }) => concept?.name === 'channel');
  return { customer: referring(columns, ids), channel, at: columns.find(({ type }) => isDay(type)) };
}

/** The columns of such files are fixed, so each has to be there. */
function fixedSource(
  look: Look,
  kind: 'consent' | 'suppressions',
  found: Roles,
  columns: Understood[],
  { names }: Wishes,
  ids: ReadonlySet<string>,
): Found {
  const roles: Roles = {};
  for (const [role, guess] of Object.entries(found)) {
    roles[role] = columns.find(({ column }) => names.get(column) === role) ?? guess;
  }
  const missing = Object.keys(roles).filter((role) => roles[role] === undefined);
  if (missing.length > 0) {
    const names = missing.join(', ');
    const example =
      kind === 'consent'
        ? t`A row is such as customer,channel,status,at: anna@shop.example,email,granted,2026-01-31`
        : t`A row is such as customer,channel,reason,at: anna@shop.example,*,unsubscribed,2026-01-31`;
    const lacking =
      missing.length === 1
        ? t`it looks like ${kind}, but no column is the ${names}: add it to the file, or name a column so by --name`
        : t`it looks like ${kind}, but no column is the ${names}: add them to the file, or name a column so by --name`;
    return `${lacking}. ${example}`;
  }
  const rename: Source['rename'] = {};
  const declared: Declared[] = [];
  const shown = columns.map((column) => {
    const role = Object.keys(roles).find((one) => roles[one] === column);
    const pii = role === undefined || ['email', 'phone'].includes(column.type);
    if (role === undefined) return { column: column.column, names: [], type: '', example: exampleOf(column, pii) };
    if (role !== column.column) rename[column.column] = role;
    const meanings =
      role === 'status' ? wordMeanings(column, consentWord) : role === 'channel' ? wordMeanings(column, channelIn) : {};
    const { dates } = column.writing;
    const writing = { ...(dates && { dates }), ...(Object.keys(meanings).length > 0 && { values: meanings }) };
    declared.push({ column: column.column, names: [role], writing });
    const type = role === 'customer' ? 'id' : role === 'at' ? 'instant' : role;
    return { column: column.column, names: [role], type, example: exampleOf(column, pii) };
  });
  const own = roles.customer ? idsBy(roles.customer, ids) : {};
  const source = { path: look.path, rename, ...own, ...writingOfFile(look.writing, declared, []) };
  const remarks = columns.flatMap(({ column, remarks }) => remarks.map((remark) => `"${column}": ${remark}`));
  return { path: look.path, kind, source, fields: [], columns: shown, consent: {}, remarks };
}

/** Words of the file → their meanings, where the two differ. */
function wordMeanings({ words }: Understood, meaning: (word: string) => string | undefined): Record<string, string> {
  return Object.fromEntries(
    [...words.keys()].flatMap((word) => {
      const means = meaning(word);
      return means !== undefined && means !== wordKey(word) ? [[word, means]] : [];
    }),
  );
}
