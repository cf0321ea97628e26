import sql from 'sql-template-tag';
import { compile } from '../../engine/compile/compile.ts';
import type { Database, Row } from '../../engine/store/database.ts';
import type { Campaign } from '../../spec/model/campaign.ts';
import { promotable } from '../random-world/campaign.ts';
import { changedTimes, type World } from '../random-world.ts';
import { live } from './run.ts';
import type { State } from './state.ts';

/** Entries as text, by customer. */
type Book = Map<string, string[]>;

export interface Comparison {
  /** Number of enrolments and messages. */
  entries: number;
  /** Entries of the first customer with whom the two differ; none where they agree. */
  differences: string[];
}

/** Compares the tables of the production engine, which has played the world, with the second engine. */
export async function compare(db: Database, world: World): Promise<Comparison> {
  const [theirs, ours] = [await ofTables(db, versionsOf(world)), ofState(live(world))];
  const entries = [...theirs.values()].flat().length;
  for (const customer of [...new Set([...theirs.keys(), ...ours.keys()])].toSorted()) {
    const [one, other] = [theirs.get(customer) ?? [], ours.get(customer) ?? []];
    const all = [...new Set([...one, ...other])].toSorted();
    const marked = all.map((entry) => `${mark(one.includes(entry), other.includes(entry))} ${customer} ${entry}`);
    if (marked.some((line) => !line.startsWith('both'))) return { entries, differences: marked };
  }
  return { entries, differences: [] };
}

function mark(inTables: boolean, inState: boolean): string {
  if (inTables && inState) return 'both:         ';
  return inTables ? 'engine only:  ' : 'second only:  ';
}

/** Returns the number of changes after which a campaign has a version, by the version. */
function versionsOf(world: World): Map<unknown, number> {
  const all = [0, 1, 2].map((times): [unknown, number] => {
    const found = compile(changedTimes(world, times)).campaigns.find(({ name }) => name === promotable);
    return [found?.hash, times];
  });
  return new Map(all.toReversed());
}

async function ofTables(db: Database, versions: Map<unknown, number>): Promise<Book> {
  const book: Book = new Map();
  const enrolments = await db.query<Row>(sql`
    SELECT c.id AS shop_id, s.id AS step_id, e.* FROM enrolment e
    JOIN customer c ON c.customer = e.customer LEFT JOIN step s ON s.step = e.step`);
  for (const e of enrolments)
    note(book, e.shop_id, [
      `enrolment in ${e.campaign} (${versions.get(e.version) ?? 0}) by ${e.occurrence}`,
      `started ${instant(e.started_at)}, entered ${instant(e.entered_at)}, at ${e.step_id ?? '-'}, arm ${e.arm ?? '-'}`,
      `${e.status} ${e.reason ?? '-'} ${instant(e.ended_at)}, goal ${instant(e.goal_at)} ${e.goal_value ?? '-'}`,
    ]);
  const messages = await db.query<Row>(sql`
    SELECT c.id AS shop_id, s.id AS step_id, m.* FROM message m
    JOIN customer c ON c.customer = m.customer LEFT JOIN step s ON s.step = m.step`);
  for (const m of messages)
    note(book, m.shop_id, [
      `message from ${m.campaign}, ${m.step_id} by ${m.channel}`,
      `decided ${instant(m.decided_at)}, ${m.status} ${m.reason ?? '-'}`,
      `sent ${m.status === 'sent' ? instant(m.finished_at) : '-'}, id ${m.message}`,
    ]);
  return book;
}

function ofState({ enrolments, messages }: State): Book {
  const book: Book = new Map();
  for (const e of enrolments)
    note(book, e.customer.id, [
      `enrolment in ${e.campaign.name} (${changesOf(e.campaign)}) by ${e.occurrence}`,
      `started ${instant(e.started)}, entered ${instant(e.entered)}, at ${e.spot?.id ?? '-'}, arm ${e.arm ?? '-'}`,
      `${e.ended ? 'ended' : 'active'} ${e.ended?.reason ?? '-'} ${instant(e.ended?.at)}, goal ${instant(e.goal?.at)} ${e.goal?.value ?? '-'}`,
    ]);
  for (const m of messages)
    note(book, m.customer.id, [
      `message from ${m.campaign.name}, ${m.step} by ${m.channel}`,
      `decided ${instant(m.decided)}, ${m.status} ${m.reason ?? '-'}`,
      `sent ${instant(m.sent)}, id ${m.id}`,
    ]);
  return book;
}

function changesOf({ steps: [first] }: Campaign): number {
  return first?.id.startsWith('changed-') ? Number(first.id.slice('changed-'.length)) : 0;
}

function note(book: Book, customer: unknown, parts: string[]): void {
  const id = String(customer);
  book.set(id, [...(book.get(id) ?? []), parts.join(', ')]);
}

const instant = (value: unknown) =>
  value === null || value === undefined ? '-' : new Date(Number(value)).toISOString();
