import sql, { join } from 'sql-template-tag';
import type { EventKind, FieldType } from '../../spec/model/data.ts';
import { decode } from '../delivery/data.ts';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { ident } from '../store/dialect.ts';
import { eventInbox, eventTable } from '../store/tables.ts';

/** An event of a customer. */
export interface KnownEvent {
  kind: string;
  title?: string;
  id: string;
  /** Epoch milliseconds. */
  at: number;
  /** Missing values are left out. */
  fields: { name: string; type: FieldType; value: unknown }[];
}

export interface KnownEvents {
  /** The latest first. */
  latest: KnownEvent[];
  /** All of them. */
  count: number;
}

/**
 * Returns the customer's latest events of all kinds, those included that no tick has collected because nothing applied
 * asks about them. `ids`: every id of the shop's that means the customer.
 */
export async function eventsOf(
  db: Database,
  { data }: Program,
  { customer, ids, now, most }: { customer: number; ids: string[]; now: number; most: number },
): Promise<KnownEvents> {
  const found = await Promise.all(
    data.events.map(async (kind) => {
      const columns = join([sql`id, "at"`, ...kind.fields.map((field) => ident(field.name))]);
      const rows = await db.query(sql`
        SELECT id, "at", count(*) OVER () AS n${aliased(kind)} FROM (
          SELECT ${columns}, seq FROM ${ident(eventTable(kind.name))} WHERE customer = ${customer}::bigint
          UNION ALL
          SELECT ${columns}, NULL FROM ${ident(eventInbox(kind.name))}
          WHERE customer IN (${join(ids)}) AND "at" <= ${now}::bigint AND ${ident('#corrects')} IS NULL) e
        ORDER BY "at" DESC, seq DESC NULLS FIRST, id LIMIT ${most}::bigint`);
      const events = rows.map((row): KnownEvent => {
        const values = decode(kind.fields, row);
        const title = kind.title === undefined ? {} : { title: kind.title };
        const fields = kind.fields.flatMap(({ name, type }) => {
          const value = values[name] ?? null;
          return value === null ? [] : [{ name, type, value }];
        });
        return { kind: kind.name, ...title, id: String(row.id), at: Number(row.at), fields };
      });
      return { events, count: Number(rows[0]?.n ?? 0) };
    }),
  );
  return {
    latest: found
      .flatMap(({ events }) => events)
      .sort((a, b) => b.at - a.at)
      .slice(0, most),
    count: found.reduce((sum, { count }) => sum + count, 0),
  };
}

function aliased({ fields }: EventKind) {
  return sql`${join([sql``, ...fields.map((field, i) => sql`e.${ident(field.name)} AS ${ident(`a${i}`)}`)])}`;
}
