import type { Break, Entry, Facts } from '../../engine/store/audit.ts';
import { t } from '../../spec/words/t.ts';
import { printable } from './format.ts';
import { tableRows } from './table.ts';
import { hang } from './wrap.ts';

/** Returns the audit log as a table, the oldest entry first, with the facts of each below its row. */
export function auditLines(entries: Entry[], clock: (at: number) => string, width: number): string {
  if (entries.length === 0) return `${t`The audit log is empty.`}\n`;
  const columns = [
    { title: '№', right: true },
    { title: t`at` },
    { title: t`actor` },
    { title: t`deed` },
    { title: t`hash` },
  ];
  const rows = entries.map(({ serial, at, who, what, hash }) =>
    [String(serial), clock(at), who, what, hash.slice(0, 8)].map(printable),
  );
  const [titles = [], ...below] = tableRows(columns, rows, width);
  const margin = ' '.repeat(String(entries.at(-1)?.serial).length + 2);
  const lines = below.flatMap((row, i) => [...row, ...factLines(entries[i]?.facts ?? {}, margin, width)]);
  return `${[...titles, ...lines].join('\n')}\n`;
}

/** Returns facts as `name: value`; hashes in short and signatures not at all, for `--json` has them whole. */
function factLines(facts: Facts, margin: string, width: number): string[] {
  const words = Object.entries(facts)
    .map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(' ') || '–' : short(String(value))}`)
    .join(', ');
  return words === '' ? [] : hang(margin, printable(words), width);
}

function short(text: string): string {
  if (/^[0-9a-f]{40,}$/.test(text)) return text.slice(0, 12);
  return text.startsWith('-----BEGIN') ? '…' : text;
}

export function brokenWords({ serial, why }: Break): string {
  const entry = String(serial);
  switch (why) {
    case 'missing':
      return t`The audit log is broken: there is no entry ${entry}, though there are later ones.`;
    case 'changed':
      return t`The audit log is broken at entry ${entry}: its content was changed after it was written.`;
    case 'unlinked':
      return t`The audit log is broken at entry ${entry}: the entry before is not the one after which it was written.`;
    case 'cut':
      return t`The audit log is broken: its end is gone, from entry ${entry} on.`;
    case 'deployment':
      return t`The audit log is broken: it does not know deployment ${entry}, or not as it is.`;
    case 'gone':
      return t`The audit log is broken: deployment ${entry} is in it, and not in the store.`;
    case 'head':
      return t`The audit log is not the one that had this hash; its last entry is ${entry}.`;
  }
}

export function brokenHelp({ why }: Break): string {
  return why === 'head'
    ? t`Compare with the output of the command that printed the hash, and with a copy of the store of that time.`
    : t`Somebody has changed the store behind Kaskad. What the entries before say holds; compare the rest with a copy of the store.`;
}
