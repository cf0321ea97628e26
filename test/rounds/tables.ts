import sql, { type Sql } from 'sql-template-tag';
import type { Database, Row } from '../../engine/store/database.ts';

/** The questions whose answers are compared. `who` and `what` name an entry, all else must be equal. The numbers of rows are left out. */
const named = sql`JOIN identity i ON i.customer = x.customer`;
const perhaps = sql`LEFT JOIN identity i ON i.customer = x.customer`;
const questions: Sql[] = [
  sql`SELECT i.id AS who, concat('journey in ', x.campaign, ' by ', x.occurrence) AS what, x.started_at, x.entered_at, s.id AS step,
      x.phase, x.arm, x.due_at, x.deferred_at, x.status, x.reason, x.ended_at, x.goal_at, x.goal_value, x.resumed_at, x.version
    FROM enrolment x ${named} LEFT JOIN step s ON s.step = x.step`,
  sql`SELECT i.id AS who, concat('message from ', x.campaign, ', ', s.id, ' by ', x.channel, ' for ', e.occurrence) AS what, x.message,
      x.arm, x.template, x.category, x.status, x.reason, x.detail, x.decided_at, x.send_at, x.expires_at, x.deferred_at, x.attempts,
      x.finished_at, x.price, x.address, x.version, x.feedback
    FROM message x ${named} LEFT JOIN step s ON s.step = x.step LEFT JOIN enrolment e ON e.enrolment = x.enrolment`,
  sql`SELECT i.id AS who, concat('reaction ', x.kind, ' to ', m.campaign, ', ', s.id, ' by ', m.channel) AS what, x.at, x.message
    FROM message_event x ${named} LEFT JOIN message m ON m.message = x.message LEFT JOIN step s ON s.step = m.step`,
  sql`SELECT coalesce(i.id, x.address) AS who, concat('consent for ', x.channel, ' at ', x.at) AS what, x.granted, x.at, x.address
    FROM consent x ${perhaps}`,
  sql`SELECT coalesce(i.id, x.address) AS who, concat('suppression on ', x.channel, ' at ', x.at) AS what, x.reason, x.at, x.address, x.lifted
    FROM suppression x ${perhaps}`,
  sql`SELECT i.id AS who, concat('subscription to ', x.channel) AS what FROM subscription x ${named}`,
  sql`SELECT i.id AS who, concat('block on ', x.channel) AS what FROM blocked x ${named}`,
  sql`SELECT i.id AS who, concat('mailbox ', x.attribute) AS what, x.address, x.first FROM mailbox x ${named}`,
  sql`SELECT x.id AS who, 'attributes' AS what, x.* FROM customer x`,
  sql`SELECT i.id AS who, concat('listing in ', x.segment) AS what, x.origin FROM listing x ${named}`,
  sql`SELECT i.id AS who, concat('membership of ', x.segment) AS what, x.since FROM membership x ${named}`,
  sql`SELECT i.id AS who, concat('watch of ', x.campaign, ' since ', x.id) AS what, x.due_at FROM watch x ${named}`,
  sql`SELECT x.campaign AS who, concat('launch ', x.launch) AS what, x.at, x.taken_at FROM launch x`,
];

/** Entries by who and what they are, all that have the same name in one list. */
export type Entries = Map<string, Row[]>;

/** Reads what a simulation has led to. */
export async function readEntries(db: Database): Promise<Entries> {
  const entries: Entries = new Map();
  for (const question of questions)
    for (const { who, what, customer: _, ...facts } of await db.query<Row>(question)) {
      const name = `${who}: ${what}`;
      entries.set(name, [...(entries.get(name) ?? []), facts]);
    }
  return entries;
}

/** Returns the differences in plain words, the earliest first; empty where there are none. */
export function differences(one: Entries, other: Entries, [first, second]: [string, string]): string[] {
  const found: { at: number; text: string }[] = [];
  for (const name of new Set([...one.keys(), ...other.keys()])) {
    const [here, there] = [sorted(one.get(name)), sorted(other.get(name))];
    for (let i = 0; i < Math.max(here.length, there.length); i++) {
      const [a, b] = [here[i], there[i]];
      const text = difference(a, b, [first, second]);
      if (text) found.push({ at: Math.min(...changed(a, b)), text: `${name}: ${text}` });
    }
  }
  return found.toSorted((a, b) => a.at - b.at || (a.text < b.text ? -1 : 1)).map(({ text }) => text);
}

function difference(
  one: Row | undefined,
  other: Row | undefined,
  [first, second]: [string, string],
): string | undefined {
  if (!one || !other) return `only the ${one ? first : second} has it (${written(one ?? other ?? {})})`;
  const facts = Object.keys(one).filter((name) => !same(one[name], other[name]));
  if (facts.length === 0) return undefined;
  return facts
    .map((name) => `${name} is ${show(name, one[name])} in the ${first}, ${show(name, other[name])} in the ${second}`)
    .join('; ');
}

/** The instants at which the two differ, or all of an entry that one of them lacks. */
function changed(one: Row | undefined, other: Row | undefined): number[] {
  const names = Object.keys(one ?? other ?? {});
  const differing = names.filter((name) => !one || !other || !same(one[name], other[name]));
  const instants = (from: string[]) =>
    from.filter(isInstant).flatMap((name) => [one?.[name], other?.[name]].filter((at) => typeof at === 'number'));
  const own = instants(differing);
  return own.length > 0 ? own : instants(names);
}

const isInstant = (name: string) => name === 'at' || name === 'since' || name.endsWith('_at');
const same = (one: unknown, other: unknown) => String(one) === String(other);

function show(name: string, value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  return isInstant(name) ? new Date(Number(value)).toISOString() : String(value);
}

const written = (row: Row) =>
  Object.entries(row)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name} ${show(name, value)}`)
    .join(', ');

const sorted = (rows: Row[] = []) =>
  rows
    .map((row) => ({
      row,
      key: JSON.stringify(row, (_, value) => (typeof value === 'bigint' ? String(value) : value)),
    }))
    .toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ row }) => row);
