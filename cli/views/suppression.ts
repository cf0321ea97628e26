import type { Standing } from '../../engine/suppression/standing.ts';
import type { AddressEntry, Subject, Suppressed } from '../../engine/suppression/suppressions.ts';
import type { Withdrawal } from '../../engine/suppression/withdrawals.ts';
import type { View } from '../io.ts';
import { count, many, printable } from './format.ts';
import { table } from './table.ts';

const SHOWN = 100;
/** Ids in a sentence. */
const NAMED = 10;
/** In the place of a customer. */
const NOBODY = '(nobody)';

/** The suppressions to list. */
export interface Listed {
  found: Suppressed[];
  /** Of an address asked for that nobody has: where it is suppressed. */
  address: AddressEntry[];
  /** Addresses that nobody has, and that are suppressed for whoever gets them. */
  unowned: number;
  /** Of the customers asked for: consent that is withdrawn, which is another thing. */
  withdrawn: Withdrawal[];
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
  const { address, unowned, withdrawn, subject, channels } = listed;
  const nobodys = address.map((one) => ({ customer: NOBODY, by_address: true, ...one }));
  const found = [...listed.found, ...nobodys];
  const columns = ['customer', 'channel', 'reason', 'since', 'holds for'].map((title) => ({ title }));
  const entries = byEntry(found);
  const rows = entries
    .slice(0, SHOWN)
    .map(([one, ...more]) => [
      one.customer,
      whereWords([one, ...more], channels),
      reasonWords(one.reason, one.by_address, nobodys.length > 0 ? 'a' : 'another'),
      clock(one.since),
      nobodys.length > 0 ? 'whoever gets the address' : one.by_address ? 'the address' : 'the customer and the address',
    ]);
  const lines = found.length === 0 ? [noneWords(listed)] : table(columns, printable(rows), view.width);
  const more = entries.length - SHOWN;
  if (more > 0) lines.push(`and ${count(more)} more; \`crm suppression list --json\` lists all`);
  if (subject && unowned > 0) lines.push(nobodysWords(address));
  if (!subject && unowned > 0) lines.push(unownedWords(unowned));
  lines.push(...withdrawnLines(withdrawn));
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

function nobodysWords(address: AddressEntry[]): string {
  const [one = '*', ...others] = new Set(address.map(({ word }) => word));
  return `No customer has the address now. \`${liftWords(undefined, others.length === 0 ? one : '*')}\` ends it.`;
}

function unownedWords(unowned: number): string {
  const [are, them] = unowned === 1 ? ['is', 'it'] : ['are', 'them'];
  return `${many(unowned, 'address', 'addresses')} that no customer has now ${are} suppressed too, for whoever gets ${them}`;
}

/** Returns a sentence for each customer, of a few. */
export function withdrawnLines(withdrawn: Withdrawal[]): string[] {
  const customers = [...Map.groupBy(withdrawn, ({ customer }) => customer)].slice(0, NAMED);
  return customers.map(([customer, where]) => {
    const channels = where.map(({ channel }) => channel).join(', ');
    return `Consent of customer ${printable(customer)} is withdrawn on ${channels}, which is another thing: see \`crm explain ${idWord(customer)}\`.`;
  });
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
  /** The shop's ids of other customers, who share an address and whom it concerns too. */
  others: string[];
}

/** Returns that nothing has changed, because an entry says it already, in words. */
export function alreadyWords(
  { subject, whom, word }: Pick<Changed, 'subject' | 'whom' | 'word'>,
  { reason, since }: Standing,
  clock: (at: number) => string,
): string {
  const subjects = subjectWords(subject, whom);
  const what = `${subjects.charAt(0).toUpperCase()}${subjects.slice(1)}`;
  const where = word === '*' ? 'every channel' : word;
  const lift = liftWords(isAddress(subject) ? undefined : whom, word);
  return `${what} was suppressed already on ${where}, since ${clock(since)} (${printable(reason)}). \`${lift}\` ends it.\n`;
}

function subjectWords(subject: Subject, whom: string): string {
  const { length } = subject.customers;
  if (!isAddress(subject)) return `customer ${printable(whom)}`;
  if (length === 0) return 'the address';
  return `the address, which ${customersWords(subject.customers)} ${length === 1 ? 'has' : 'have'},`;
}

/** Returns the change, and what still holds, in words. */
export function changedWords({ subject, whom, word, lifted, left, others }: Changed): string {
  const where = word === '*' ? 'every channel' : word;
  const what = subjectWords(subject, whom);
  const lift = liftWords(isAddress(subject) ? undefined : whom, word);
  const still = [...new Set(left.map(({ channel }) => channel))].sort();
  const share = others.length === 1 ? 'shares' : 'share';
  const also = (does: string) =>
    others.length === 0 ? '' : ` That ${does} ${customersWords(others)}, too, who ${share} an address.`;
  if (!lifted) return `Suppressed ${what} on ${where}.${also('holds for')} \`${lift}\` ends it.\n`;
  const nobody = isAddress(subject) && subject.customers.length === 0 ? ' No customer has it now.' : '';
  const rest = still.length > 0 ? ` Still suppressed on ${still.join(', ')}.` : '';
  return `Lifted the suppression of ${what} on ${where}.${also('ends it for')}${nobody}${rest}\n`;
}

/** `customer 6`, `customers 6, 7`, at most so many by their ids. */
export function customersWords(ids: string[]): string {
  const more = ids.length - NAMED;
  const names = printable(ids.slice(0, NAMED)).join(', ');
  return `${ids.length === 1 ? 'customer' : 'customers'} ${names}${more > 0 ? ` and ${count(more)} more` : ''}`;
}

/** An address is suppressed when a customer who has it is erased; whom it is listed of is another one. */
export function reasonWords(reason: string, byAddress: boolean, which: 'a' | 'another' = 'another'): string {
  return reason === 'erased' && byAddress ? `${which} customer who had the address was erased` : reason;
}

/** An address is personal, so it is not printed. */
function isAddress({ hashes }: Subject): boolean {
  return hashes.length > 0;
}

/** `crm suppression lift c1 --channel email`. `customer`: the id; absent: it is an address. */
export function liftWords(customer: string | undefined, word: string): string {
  const name = customer === undefined ? '<address>' : idWord(customer);
  return `crm suppression lift ${name}${word === '*' ? '' : ` --channel ${word}`}`;
}

/** The id as a word of a command, or what stands for it. */
function idWord(customer: string): string {
  return /^[\w.@+-]+$/.test(customer) ? customer : '<customer>';
}
