import sql, { join, type Sql } from 'sql-template-tag';
import type { Database } from '../store/database.ts';
import { ident } from '../store/dialect.ts';
import { messageStatus } from '../store/outcome-sql.ts';
import { eventTable } from '../store/tables.ts';
import type { Window } from './counts.ts';
import type { MessageChange, Reads } from './messages.ts';

/** Counts the messages of a text that a simulation has sent, and those for which a value is missing that it reads. */
export async function missingValues(
  db: Database,
  { from, to }: Window,
  { template, channels, campaigns, attributes, event }: Reads,
): Promise<Pick<MessageChange, 'messages' | 'missing'>> {
  if (channels.length === 0 || campaigns.length === 0) return { messages: 0, missing: [] };
  const values: [path: string, value: Sql][] = [
    ...attributes.map((name): [string, Sql] => [`customer.${name}`, sql`c.${ident(name)}`]),
    ...(event?.fields ?? []).map((name): [string, Sql] => [`event.${name}`, sql`t.${ident(name)}`]),
  ];
  const columns = values.map(([, value], i) => sql`, count(*) FILTER (WHERE ${value} IS NULL) AS ${ident(`m${i}`)}`);
  const happened =
    event && event.fields.length > 0
      ? sql`JOIN enrolment e ON e.enrolment = m.enrolment LEFT JOIN ${ident(eventTable(event.kind))} t ON t.seq = e.event_seq`
      : sql``;
  const [row] = await db.query<Record<string, number>>(sql`
    SELECT count(*) AS n ${join([sql``, ...columns], '')} FROM message m LEFT JOIN customer c ON c.customer = m.customer ${happened}
    WHERE m.template = ${template} AND m.channel IN (${join(channels)}) AND m.campaign IN (${join(campaigns)})
      AND m.status = ${messageStatus.sent} AND m.decided_at >= ${from}::bigint AND m.decided_at < ${to}::bigint`);
  const missing = values.flatMap(([path], i) => {
    const messages = row?.[`m${i}`] ?? 0;
    return messages > 0 ? [{ path, messages }] : [];
  });
  return { messages: row?.n ?? 0, missing };
}
