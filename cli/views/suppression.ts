import type { EntryInForce } from '../../engine/consent/entry-in-force.ts';
import type { AddressEntry, Subject, Suppressed } from '../../engine/consent/suppressions.ts';
import type { Withdrawal } from '../../engine/consent/withdrawals.ts';
import { t } from '../../spec/words/t.ts';
import type { View } from '../io.ts';
import { many, printable } from './format.ts';
import { table } from './table.ts';
import { hang } from './wrap.ts';

const SHOWN = 100;
/** The maximum number of ids named in a sentence. */
const NAMED = 10;

/** A list of suppressions, and its query. */
export interface Listed {
  found: Suppressed[];
  /** The suppressions of the requested address, if no customer has it. */
  address: AddressEntry[];
  /** The number of suppressed addresses that no customer has. They suppress any customer who gets the address later. */
  unowned: number;
  /** Withdrawals of consent by the requested customers, which are not suppressions. */
  withdrawn: Withdrawal[];
  /** The requested channel, or `*`. */
  word: string;
  /** The requested customer's id, as it was typed, or the address; absent means everybody. */
  whom: string | undefined;
  subject: Subject | undefined;
  /** All channels of the project. */
  channels: string[];
}

/** Renders a table of suppressions, and the counts of those it does not show. */
export function suppressedLines(listed: Listed, clock: (at: number) => string, view: View): string {
  const { address, unowned, withdrawn, subject, channels } = listed;
  const nobodys = address.map((one) => ({ customer: t`(nobody)`, by_address: true, ...one }));
  const found = [...listed.found, ...nobodys];
  const columns = [t`customer`, t`channel`, t`reason`, t`since`, t`holds for`].map((title) => ({ title }));
  const entries = byEntry(found);
  const rows = entries
    .slice(0, SHOWN)
    .map(([one, ...more]) => [
      one.customer,
      whereWords([one, ...more], channels),
      reasonWords(one.reason, one.by_address, nobodys.length > 0 ? 'a' : 'another'),
      clock(one.since),
      nobodys.length > 0
        ? t`any holder of the address`
        : one.by_address
          ? t`the address`
          : t`the customer and the address`,
    ]);
  const more = entries.length - SHOWN;
  const words = [
    ...(more > 0 ? [t`and ${more} more; \`crm suppression list --json\` lists all`] : []),
    ...(subject && unowned > 0 ? [nobodysWords(address)] : []),
    ...(!subject && unowned > 0 ? [unownedWords(unowned)] : []),
    ...withdrawnLines(withdrawn),
  ];
  const none = found.length === 0 ? [noneWords(listed)] : [];
  const lines = [
    ...(found.length === 0 ? [] : table(columns, printable(rows), view.width)),
    ...[...none, ...words].flatMap((line) => hang('', line, view.width, 2)),
  ];
  return `${lines.join('\n')}\n`;
}

type Entry = [Suppressed, ...Suppressed[]];

/** Groups the suppressions on several channels that result from the same entry. */
export function byEntry(found: Suppressed[]): Entry[] {
  const key = ({ customer, word, since, reason, by_address }: Suppressed) =>
    JSON.stringify([customer, word, since, reason, by_address]);
  return [...Map.groupBy(found, key).values()].flatMap(([one, ...more]) => (one ? [[one, ...more] as Entry] : []));
}

/** Returns the channels of an entry; undefined means every channel: the entry is about `*` and no channel of it is lifted. */
export function channelNames(entry: Entry, channels: string[]): string | undefined {
  const names = entry.map(({ channel }) => channel).sort();
  return entry[0].word === '*' && names.length === channels.length ? undefined : names.join(', ');
}

function whereWords(entry: Entry, channels: string[]): string {
  return channelNames(entry, channels) ?? t`every channel`;
}

function noneWords({ whom = '', subject, word }: Listed): string {
  const all = t`\`crm suppression list\` lists everybody who is.`;
  if (!subject) return word === '*' ? t`Nobody is suppressed.` : t`Nobody is suppressed on ${word}.`;
  if (isAddress(subject))
    return word === '*'
      ? t`The address is not suppressed. ${all}`
      : t`The address is not suppressed on ${word}. ${all}`;
  const id = printable(whom);
  return word === '*'
    ? t`Customer ${id} is not suppressed. ${all}`
    : t`Customer ${id} is not suppressed on ${word}. ${all}`;
}

function nobodysWords(address: AddressEntry[]): string {
  const [one = '*', ...others] = new Set(address.map(({ word }) => word));
  return t`No customer has the address now. \`${liftWords(undefined, others.length === 0 ? one : '*')}\` ends it.`;
}

function unownedWords(unowned: number): string {
  const addresses = many(unowned, 'address', 'addresses');
  return unowned === 1
    ? t`${addresses} that no customer has now is suppressed too, for any later holder`
    : t`${addresses} that no customer has now are suppressed too, for any later holder`;
}

/** Returns a sentence for each customer, if there are few. */
export function withdrawnLines(withdrawn: Withdrawal[]): string[] {
  const customers = [...Map.groupBy(withdrawn, ({ customer }) => customer)].slice(0, NAMED);
  return customers.map(([customer, where]) => {
    const channels = where.map(({ channel }) => channel).join(', ');
    return t`Consent of customer ${printable(customer)} is withdrawn on ${channels}, which is another thing: see \`crm explain ${idWord(customer)}\`.`;
  });
}

/** The result of a change by hand. */
export interface Changed {
  subject: Subject;
  /** The customer's id, as it was typed, or the address. */
  whom: string;
  word: string;
  lifted: boolean;
  /** The suppressions that are still in force. */
  left: Suppressed[];
  /** The shop's ids of the other customers who share an address and are affected too. */
  others: string[];
}

/** Returns the answer if nothing has changed because such an entry is in force already. */
export function alreadyWords(
  { subject, whom, word }: Pick<Changed, 'subject' | 'whom' | 'word'>,
  { reason, since }: EntryInForce,
  clock: (at: number) => string,
): string {
  const [where, at, why] = [wordWords(word), clock(since), printable(reason)];
  const lift = t`\`${liftWords(isAddress(subject) ? undefined : whom, word)}\` ends it.`;
  const was = bySubject(subject, whom, {
    customer: (id) => t`Customer ${id} was suppressed already on ${where}, since ${at} (${why}).`,
    nobody: () => t`The address was suppressed already on ${where}, since ${at} (${why}).`,
    one: (name) => t`The address, which ${name} has, was suppressed already on ${where}, since ${at} (${why}).`,
    several: (names) => t`The address, which ${names} have, was suppressed already on ${where}, since ${at} (${why}).`,
  });
  return `${was} ${lift}\n`;
}

/** Returns the change, and the suppressions that are still in force, in words. */
export function changedWords({ subject, whom, word, lifted, left, others }: Changed): string {
  const where = wordWords(word);
  const sharers = customersWords(others);
  if (!lifted) {
    const done = bySubject(subject, whom, {
      customer: (id) => t`Suppressed customer ${id} on ${where}.`,
      nobody: () => t`Suppressed the address on ${where}.`,
      one: (name) => t`Suppressed the address, which ${name} has, on ${where}.`,
      several: (names) => t`Suppressed the address, which ${names} have, on ${where}.`,
    });
    const also =
      others.length === 1
        ? t`That holds for ${sharers}, too, who shares an address.`
        : t`That holds for ${sharers}, too, who share an address.`;
    const lift = t`\`${liftWords(isAddress(subject) ? undefined : whom, word)}\` ends it.`;
    return `${[done, ...(others.length === 0 ? [] : [also]), lift].join(' ')}\n`;
  }
  const done = bySubject(subject, whom, {
    customer: (id) => t`Lifted the suppression of customer ${id} on ${where}.`,
    nobody: () => t`Lifted the suppression of the address on ${where}.`,
    one: (name) => t`Lifted the suppression of the address, which ${name} has, on ${where}.`,
    several: (names) => t`Lifted the suppression of the address, which ${names} have, on ${where}.`,
  });
  const also =
    others.length === 1
      ? t`That ends it for ${sharers}, too, who shares an address.`
      : t`That ends it for ${sharers}, too, who share an address.`;
  const still = [...new Set(left.map(({ channel }) => channel))].sort();
  return `${[
    done,
    ...(others.length === 0 ? [] : [also]),
    ...(isAddress(subject) && subject.customers.length === 0 ? [t`No customer has it now.`] : []),
    ...(still.length > 0 ? [t`Still suppressed on ${still.join(', ')}.`] : []),
  ].join(' ')}\n`;
}

/** A sentence for each kind of subject: a customer, and an address that no, one or several customers have. */
interface Sentences {
  customer: (id: string) => string;
  nobody: () => string;
  one: (name: string) => string;
  several: (names: string) => string;
}

function bySubject(subject: Subject, whom: string, { customer, nobody, one, several }: Sentences): string {
  const { customers } = subject;
  if (!isAddress(subject)) return customer(printable(whom));
  if (customers.length === 0) return nobody();
  return (customers.length === 1 ? one : several)(customersWords(customers));
}

function wordWords(word: string): string {
  return word === '*' ? t`every channel` : word;
}

/** Returns `customer 6` or `customers 6, 7`; only the first ids are named. */
export function customersWords(ids: string[]): string {
  const more = ids.length - NAMED;
  const names = printable(ids.slice(0, NAMED)).join(', ');
  if (ids.length === 1) return t`customer ${names}`;
  return more > 0 ? t`customers ${names} and ${more} more` : t`customers ${names}`;
}

/** Returns the reason in words. An address is suppressed by the erasure of a customer who had it; `which` refers to that customer. */
export function reasonWords(reason: string, byAddress: boolean, which: 'a' | 'another' = 'another'): string {
  if (reason !== 'erased' || !byAddress) return reason;
  return which === 'a'
    ? t`a customer who had the address was erased`
    : t`another customer who had the address was erased`;
}

/** Returns true if the subject is an address. Addresses are personal, so they are not printed. */
function isAddress({ hashes }: Subject): boolean {
  return hashes.length > 0;
}

/** Returns `crm suppression lift c1 --channel email`. `customer`: the id; absent for an address. */
export function liftWords(customer: string | undefined, word: string): string {
  const name = customer === undefined ? t`<address>` : idWord(customer);
  return `crm suppression lift ${name}${word === '*' ? '' : ` --channel ${word}`}`;
}

/** The reasons that the shop may lift on its own initiative, because the customer has not refused anything. */
const OURS = ['bounced', 'by-hand'];

/** Returns a sentence about the command that ends a suppression. A possible refusal is ended only at the customer's request. */
export function liftAdvice({ customer, word, reason }: { customer: string; word: string; reason: string }): string {
  const command = liftWords(customer, word);
  return OURS.includes(reason)
    ? t`\`${command}\` ends that.`
    : t`\`${command}\` ends that, if the customer asks for it.`;
}

/** Returns an id as an argument of a command, in quotes if needed; a placeholder if it cannot be quoted. */
export function idWord(customer: string): string {
  if (/^[\p{L}\p{M}\p{N}_.@+][\p{L}\p{M}\p{N}_.@+-]*$/u.test(customer)) return customer;
  return /^[^-"$`\\!%\p{C}][^"$`\\!%\p{C}]*$/u.test(customer) ? `"${customer}"` : t`<customer>`;
}
