import sql, { empty, type Sql } from 'sql-template-tag';
import type { Program } from '../../program/program.ts';
import type { Database } from '../../store/database.ts';
import { ident } from '../../store/dialect.ts';
import { temporary } from '../../store/statements.ts';
import { tables } from '../../store/tables.ts';

/** The tables about whole files, and about those who are not customers any more. */
const untouched = new Set(['quarantine', 'named', 'erased']);
/** Their entries about an address are about all who have it. */
const ledgers = new Set(['consent', 'suppression']);

/** Removes everything about these customers (customer, id) from all tables, and from the rows that wait in the inboxes. */
export async function leaveOut(db: Database, { data }: Program, whom: Sql): Promise<void> {
  await temporary(db, 'left_out', whom);
  const theirs = sql`SELECT m.message FROM message m JOIN left_out l ON l.customer = m.customer`;
  for (const table of ['inbox_feedback', 'stray'])
    await db.run(sql`DELETE FROM ${ident(table)} WHERE message IN (${theirs})`);
  for (const { name, columns } of tables(data)) {
    const column = columns.find((one) => one.name === (name === 'inbox_customer' ? 'id' : 'customer'));
    if (!column || untouched.has(name)) continue;
    const key = column.type === 'text' ? sql`id` : sql`customer`;
    const own = ledgers.has(name) ? sql` AND address IS NULL` : empty;
    await db.run(sql`DELETE FROM ${ident(name)} WHERE ${ident(column.name)} IN (SELECT ${key} FROM left_out)${own}`);
  }
}
