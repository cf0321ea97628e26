import type { Subject, Suppressed } from '../../engine/suppression/suppressions.ts';
import type { View } from '../io.ts';
import { many } from './format.ts';
import { table } from './table.ts';

const SHOWN = 100;

/** A table of who is suppressed, and the counts of what it does not show. */
export function suppressedLines(
  found: Suppressed[],
  unowned: number,
  clock: (at: number) => string,
  view: View,
): string {
  const columns = ['customer', 'channel', 'reason', 'since', 'holds for'].map((title) => ({ title }));
  const rows = found
    .slice(0, SHOWN)
    .map((one) => [
      one.customer,
      one.channel,
      one.reason,
      clock(one.since),
      one.by_address ? 'the address' : 'the customer and the address',
    ]);
  const lines = found.length === 0 ? ['Nobody is suppressed.'] : table(columns, rows, view.width);
  const more = found.length - SHOWN;
  if (more > 0) lines.push(`and ${more} more; \`crm suppression list --json\` lists all`);
  if (unowned > 0)
    lines.push(
      `${many(unowned, 'address', 'addresses')} that no customer has now ${unowned === 1 ? 'is' : 'are'} suppressed too, for whoever gets ${unowned === 1 ? 'it' : 'them'}`,
    );
  return `${lines.join('\n')}\n`;
}

/** Returns the change by an entry by hand, and the suppressions that still hold, in words. */
export function changedWords(subject: Subject, word: string, lifted: boolean, left: Suppressed[]): string {
  const where = word === '*' ? 'every channel' : word;
  const address =
    subject.hashes.length > 0
      ? `the address, which ${many(subject.customers.length, 'customer')} ${subject.customers.length === 1 ? 'has' : 'have'},`
      : 'the customer';
  const still = [...new Set(left.map(({ channel }) => channel))].sort();
  if (!lifted) return `Suppressed ${address} on ${where}. \`crm suppression lift\` ends it.\n`;
  const rest = still.length > 0 ? ` Still suppressed on ${still.join(', ')}.` : '';
  return `Lifted the suppression of ${address} on ${where}.${rest}\n`;
}
