import type { Subject, Suppressed } from '../../engine/suppression/suppressions.ts';
import type { View } from '../io.ts';
import { count, many, printable } from './format.ts';
import { table } from './table.ts';

const SHOWN = 100;

/** The suppressions to list. */
export interface Listed {
  found: Suppressed[];
  /** Addresses that nobody has, and that are suppressed for whoever gets them. */
  unowned: number;
  /** The channel asked for, or `*`. */
  word: string;
  /** The id of the customer asked for, as it was typed, or the address; absent: everybody. */
  whom: string | undefined;
  subject: Subject | undefined;
  /** All channels of the project. */
  channels: string[];
}

/** A table of who is suppressed, and the counts of what it does not show. */
export function suppressedLines(listed: Listed, clock: (at: number) => string, view: View): string {
  const { found, unowned, subject, channels } = listed;
  const columns = ['customer', 'channel', 'reason', 'since', 'holds for'].map((title) => ({ title }));
  const entries = byEntry(found);
  const rows = entries
    .slice(0, SHOWN)
    .map(([one, ...more]) => [
      one.customer,
      whereWords([one, ...more], channels),
      one.reason,
      clock(one.since),
      one.by_address ? 'the address' : 'the customer and the address',
    ]);
  const none = subject && unowned > 0 ? [] : [noneWords(listed)];
  const lines = found.length === 0 ? none : table(columns, printable(rows), view.width);
  const more = entries.length - SHOWN;
  if (more > 0) lines.push(`and ${count(more)} more; \`crm suppression list --json\` lists all`);
  if (unowned > 0) lines.push(unownedWords(listed));
  return `${lines.join('\n')}\n`;
}

type Entry = [Suppressed, ...Suppressed[]];

/** Puts together what one entry means on several channels. */
export function byEntry(found: Suppressed[]): Entry[] {
  const key = ({ customer, word, since, reason, by_address }: Suppressed) =>
    JSON.stringify([customer, word, since, reason, by_address]);
  return [...Map.groupBy(found, key).values()].flatMap(([one, ...more]) => (one ? [[one, ...more] as Entry] : []));
}

/** `every channel` for an entry about `*` of which nothing is lifted, else the names. */
export function whereWords(entry: Entry, channels: string[]): string {
  const names = entry.map(({ channel }) => channel).sort();
  return entry[0].word === '*' && names.length === channels.length ? 'every channel' : names.join(', ');
}

function noneWords({ whom = '', subject, word }: Listed): string {
  const where = word === '*' ? '' : ` on ${word}`;
  if (!subject) return `Nobody is suppressed${where}.`;
  const what = isAddress(subject) ? 'The address' : `Customer ${printable(whom)}`;
  return `${what} is not suppressed${where}. \`crm suppression list\` lists everybody who is.`;
}

function unownedWords({ subject, unowned, word }: Listed): string {
  const where = word === '*' ? '' : ` on ${word}`;
  if (subject) return `No customer has the address now; it is suppressed${where} for whoever gets it.`;
  const [are, them] = unowned === 1 ? ['is', 'it'] : ['are', 'them'];
  return `${many(unowned, 'address', 'addresses')} that no customer has now ${are} suppressed too, for whoever gets ${them}`;
}

/** A change by an entry by hand. */
export interface Changed {
  subject: Subject;
  /** The customer's id, as it was typed, or the address. */
  whom: string;
  word: string;
  lifted: boolean;
  /** The suppressions that still hold. */
  left: Suppressed[];
}

/** Returns the change, and what still holds, in words. */
export function changedWords({ subject, whom, word, lifted, left }: Changed): string {
  const where = word === '*' ? 'every channel' : word;
  const { length } = subject.customers;
  const what = isAddress(subject)
    ? `the address, which ${many(length, 'customer')} ${length === 1 ? 'has' : 'have'},`
    : `customer ${printable(whom)}`;
  const lift = liftWords(isAddress(subject) ? undefined : whom, word);
  const still = [...new Set(left.map(({ channel }) => channel))].sort();
  if (!lifted) return `Suppressed ${what} on ${where}. \`${lift}\` ends it.\n`;
  const rest = still.length > 0 ? ` Still suppressed on ${still.join(', ')}.` : '';
  return `Lifted the suppression of ${what} on ${where}.${rest}\n`;
}

/** An address is personal, so it is not printed. */
function isAddress({ hashes }: Subject): boolean {
  return hashes.length > 0;
}

/** `crm suppression lift c1 --channel email`. `customer`: the id; absent: it is an address. */
export function liftWords(customer: string | undefined, word: string): string {
  const id = customer !== undefined && /^[\w.@+-]+$/.test(customer) ? customer : '<customer>';
  const name = customer === undefined ? '<address>' : id;
  return `crm suppression lift ${name}${word === '*' ? '' : ` --channel ${word}`}`;
}
