import sql, { join } from 'sql-template-tag';
import type { DataModel } from '../../spec/model/data.ts';
import type { Database } from '../store/database.ts';
import { name } from '../store/dialect.ts';
import { eventInbox } from '../store/tables.ts';

/**
 * Gives a canonical number to every id in the inboxes that has none, also where only an event names the customer. Belongs
 * to reading the sources, so that no tick need look for strangers.
 */
export async function identify(db: Database, data: DataModel): Promise<void> {
  const inboxes = ['inbox_consent', 'inbox_suppression', ...data.events.map((kind) => eventInbox(kind.name))];
  const named = inboxes.map((inbox) => sql`SELECT customer AS id FROM ${name(inbox)}`);
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
