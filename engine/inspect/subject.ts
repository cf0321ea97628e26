import sql, { empty, join } from 'sql-template-tag';
import { hasTemplates } from '../../spec/model/channel-kinds.ts';
import type { Field } from '../../spec/model/data.ts';
import { later } from '../../spec/words/t.ts';
import { converter } from '../data/files/convert/convert.ts';
import { isTrouble } from '../data/files/convert/converter.ts';
import { localClock } from '../data/files/convert/local-clock.ts';
import { decode } from '../delivery/data.ts';
import { sendsOf } from '../program/facts.ts';
import { type Program, type Query, triggerEvent } from '../program/program.ts';
import type { Database, Row } from '../store/database.ts';
import { ident } from '../store/dialect.ts';
import { ask } from '../store/query-sql.ts';
import { contextOutside } from '../store/scales.ts';
import { eventTable } from '../store/tables.ts';

/** The values that a template sees, and where each part is from. */
export interface Subject {
  customer: Record<string, unknown>;
  event?: Record<string, unknown>;
}

/** A place at which a campaign sends a template. */
export interface Use {
  campaign: string;
  step: string;
  channel: string;
  /** The kind of event that its template sees. */
  event?: string;
}

/** Returns the places at which the campaigns send a template, in the order of the files. */
export function usesOf(program: Program, template: string): Use[] {
  const templated = new Set(program.channels.flatMap(({ name, kind }) => (hasTemplates(kind) ? [name] : [])));
  return program.campaigns.flatMap((campaign) => {
    const event = triggerEvent(campaign.trigger);
    return sendsOf(campaign).flatMap((step) =>
      step.template === template && templated.has(step.channel)
        ? [{ campaign: campaign.name, step: step.id, channel: step.channel, ...(event !== undefined && { event }) }]
        : [],
    );
  });
}

/** Returns the attributes of the customer with that number, as templates see them. */
export async function attributesOf(db: Database, { data }: Program, customer: number): Promise<Subject['customer']> {
  const fields = data.customers.attributes;
  const [row] = await db.query(sql`SELECT ${columns(fields)} FROM customer t WHERE customer = ${customer}::bigint`);
  return decode(fields, row ?? {});
}

/**
 * Returns the customer's latest event of a kind, as templates see it; undefined where there is none. `when`: only of those for which it
 * holds at `now`, epoch milliseconds.
 */
export async function latestEvent(
  db: Database,
  program: Program,
  kind: string,
  { customer, when, now }: { customer: number; when?: Query | undefined; now: number },
): Promise<Subject['event']> {
  const fields = fieldsOf(program.data.events, kind);
  const table = ident(eventTable(kind));
  const among = sql`(SELECT ${customer}::bigint AS customer) asked`;
  const question = when && ask(when, { ...(await contextOutside(db, program, now)), among });
  const [row] = await db.query<Row>(sql`
    SELECT ${columns(fields)} FROM ${table} t
    ${question ? sql`JOIN customer c ON c.customer = t.customer ${question.joins}` : empty}
    WHERE t.customer = ${customer}::bigint${question ? sql` AND ${question.where}` : empty}
    ORDER BY t."at" DESC, t.seq DESC LIMIT 1`);
  return row && decode(fields, row);
}

/** Returns the fields of an event out of JSON as the reader of files would store them, and a sentence about each that it cannot read. */
export function eventOf(program: Program, kind: string, json: Record<string, unknown>) {
  const options = { clock: localClock(program.project.timezone), unknown: () => {} };
  const fields = fieldsOf(program.data.events, kind);
  const unreadable: string[] = [];
  const row: Row = {};
  for (const [i, field] of fields.entries()) {
    const stored = converter(field, options)(json[field.name]);
    if (isTrouble(stored)) unreadable.push(stored.why(later`the event's ${field.name}`));
    row[`a${i}`] = isTrouble(stored) ? null : stored;
  }
  const known = new Set(['id', 'customer', 'at', ...fields.map((field) => field.name)]);
  const unknown = Object.keys(json).filter((key) => !known.has(key));
  return { event: decode(fields, row), unreadable, unknown };
}

function fieldsOf(kinds: Program['data']['events'], kind: string): Field[] {
  return kinds.find((each) => each.name === kind)?.fields ?? [];
}

/** Columns of the relation `t`. A constant first: there may be no field at all. */
function columns(fields: Field[]) {
  return join([sql`1 AS one`, ...fields.map((field, i) => sql`t.${ident(field.name)} AS ${ident(`a${i}`)}`)]);
}
