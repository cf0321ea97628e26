import sql, { join } from 'sql-template-tag';
import type { DataModel } from '../../../spec/model/data.ts';
import type { Database } from '../../store/database.ts';
import { ident } from '../../store/dialect.ts';
import { eventInbox } from '../../store/tables.ts';
import { settleLeftOut } from './left-out-events.ts';
import { redeclare } from './redeclared.ts';
import { dropReplays, judgeEvents } from './replays.ts';
import { refusing, settleUndated } from './undated.ts';
import { reportUnknownCustomers } from './unknown-customers.ts';

export interface Settling {
  /** The inboxes that rows were read into; absent: any. */
  inboxes?: ReadonlySet<string>;
  /** The numbers of the sources that were read from their beginning. */
  whole?: number[];
  /** The earlier fields of the sources that are read by another declaration than before. */
  redeclared?: ReadonlyMap<number, string[]>;
  /** The instant that is recorded, epoch milliseconds. */
  at?: number;
}

/**
 * Makes what was read into the inboxes ready to be collected: every id has a number, events that were there before are
 * dropped, and corrections know what they correct. Done once a reading, so that no tick need look for replays.
 */
export function settle(
  store: Database,
  data: DataModel,
  { inboxes, whole = [], redeclared = new Map(), at = 0 }: Settling = {},
): Promise<void> {
  return store.transaction(async (db) => {
    const filled = await filledInboxes(db, data);
    const read = (inbox: string) => filled.has(inbox) && (inboxes === undefined || inboxes.has(inbox));
    const refused = refusing.filter((inbox) => inboxes?.has(inbox) ?? true);
    if (refused.length > 0) await settleUndated(db, refused.filter(read), whole);
    await settleLeftOut(db, data);
    const kinds = data.events.filter((kind) => read(eventInbox(kind.name)));
    for (const kind of kinds) {
      await redeclare(db, kind, redeclared);
      await dropReplays(db, kind);
    }
    await identify(db, data);
    if (read('inbox_consent') || read('inbox_suppression')) await reportUnknownCustomers(db, data, at);
    for (const kind of kinds) await judgeEvents(db, data, kind, at);
  });
}

async function filledInboxes(db: Database, data: DataModel): Promise<Set<string>> {
  const inboxes = [...refusing, ...data.events.map((kind) => eventInbox(kind.name))];
  const rows = await db.query<{ inbox: string }>(
    join(
      inboxes.map((inbox) => sql`(SELECT ${inbox}::text AS inbox FROM ${ident(inbox)} LIMIT 1)`),
      ' UNION ALL ',
    ),
  );
  return new Set(rows.map(({ inbox }) => inbox));
}

/** Numbers every id that has been named. Nobody becomes a customer by that. */
async function identify(db: Database, data: DataModel): Promise<void> {
  const inboxes = [
    'inbox_consent',
    'inbox_suppression',
    'inbox_listing',
    ...data.events.map((kind) => eventInbox(kind.name)),
  ];
  const named = inboxes.map((inbox) => sql`SELECT customer AS id FROM ${ident(inbox)} WHERE customer IS NOT NULL`);
  const added = await db.run(sql`
    INSERT INTO identity (id, customer)
    SELECT n.id, (SELECT coalesce(max(customer), 0) FROM identity) + row_number() OVER (ORDER BY n.id)
    FROM (${join([sql`SELECT id FROM inbox_customer`, ...named], ' UNION ')}) n
    WHERE NOT EXISTS (SELECT 1 FROM identity i WHERE i.id = n.id)`);
  if (added === 0) return;
  await db.run(sql`
    INSERT INTO stranger (id, customer) SELECT i.id, i.customer FROM identity i
    WHERE i.customer > greatest((SELECT coalesce(max(customer), 0) FROM customer), (SELECT coalesce(max(customer), 0) FROM stranger))`);
}
