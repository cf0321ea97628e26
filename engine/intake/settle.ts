import sql, { join } from 'sql-template-tag';
import type { DataModel } from '../../spec/model/data.ts';
import type { Database } from '../store/database.ts';
import { name } from '../store/dialect.ts';
import { runAll } from '../store/statements.ts';
import { eventInbox, eventTable } from '../store/tables.ts';

/**
 * Makes what was read into the inboxes ready to be collected: events that were there before are dropped, and everybody
 * named has a canonical number. Done once a reading, so that no tick need look for replays and strangers.
 */
export async function settle(db: Database, data: DataModel): Promise<void> {
  for (const kind of data.events) await dropReplays(db, eventInbox(kind.name), eventTable(kind.name));
  await identify(db, data);
}

/** An id names one event: the first of a kind stays, whether it waits in the inbox or has been collected. */
async function dropReplays(db: Database, inbox: string, events: string): Promise<void> {
  await db.run(sql`DELETE FROM ${name(inbox)} WHERE id IN (SELECT id FROM ${name(events)})`);
  const copies = sql`SELECT id FROM ${name(inbox)} GROUP BY id HAVING count(*) > 1`;
  const found = await runAll(
    db,
    db.dialect.temporary(
      'copy',
      sql`
      SELECT * FROM (
        SELECT *, row_number() OVER (PARTITION BY id ORDER BY "at", customer) AS nth FROM ${name(inbox)} WHERE id IN (${copies})) c
      WHERE nth = 1`,
    ),
  );
  if (found === 0) return;
  await db.run(sql`DELETE FROM ${name(inbox)} WHERE id IN (SELECT id FROM copy)`);
  await runAll(db, [sql`ALTER TABLE copy DROP COLUMN nth`, sql`INSERT INTO ${name(inbox)} SELECT * FROM copy`]);
}

/** Also where only an event or a list names the customer. */
async function identify(db: Database, data: DataModel): Promise<void> {
  const inboxes = ['inbox_consent', 'inbox_suppression', ...data.events.map((kind) => eventInbox(kind.name))];
  const listed = sql`SELECT customer AS id FROM inbox_listing WHERE customer IS NOT NULL`;
  const named = [...inboxes.map((inbox) => sql`SELECT customer AS id FROM ${name(inbox)}`), listed];
  const added = await db.run(sql`
    INSERT INTO identity (id, customer)
    SELECT n.id, (SELECT coalesce(max(customer), 0) FROM identity) + row_number() OVER (ORDER BY n.id)
    FROM (${join([sql`SELECT id FROM inbox_customer`, ...named], ' UNION ')}) n
    WHERE NOT EXISTS (SELECT 1 FROM identity i WHERE i.id = n.id)`);
  if (added === 0) return;
  await db.run(sql`
    INSERT INTO customer (customer, id)
    SELECT i.customer, i.id FROM identity i
    WHERE i.customer > (SELECT coalesce(max(customer), 0) FROM customer)`);
}
