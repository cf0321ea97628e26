import sql, { join } from 'sql-template-tag';
import type { Database } from '../store/database.ts';
import { counted, messageStatus } from '../store/outcome-sql.ts';
import { sendKey } from '../store/send-key.ts';
import { ids } from './list.ts';

/** A marketing message whose customer shares the address that it would go to, or has it from another customer. */
export interface Shared {
  message: string;
  campaign: string;
  /** Its hash. */
  address: string;
}

interface Looking {
  channel: string;
  /** The attribute in which the channel has its addresses. */
  attribute: string;
  now: number;
  /** The addresses of messages of this worker that are on connections, by message. */
  leaving(): Map<string, string>;
}

/** Returns those whose address another customer, or the same one earlier, has given up. */
export async function ofFormer(db: Database, attribute: string, single: Shared[]): Promise<Shared[]> {
  if (single.length === 0) return [];
  const addresses = list(single.map(({ address }) => address));
  const rows = await db.query<{ address: string }>(sql`
    SELECT DISTINCT address FROM former_address WHERE attribute = ${attribute}::text AND address IN (SELECT ${addresses})`);
  const former = new Set(rows.map(({ address }) => address));
  return single.filter(({ address }) => former.has(address));
}

/** A column of values without commas. */
const list = (values: string[]) => sql`unnest(string_to_array(${values.join(',')}::text, ','))`;

/**
 * Returns those of these messages of a channel that would be a second copy of their step at the address that their customer
 * has now: the same as when they were decided, because the address may be another one since. Of two that wait the one
 * that was decided first goes, or, of one tick, the one with the lower id; what another worker has on a connection has gone already.
 */
export async function copies(db: Database, looking: Looking, shared: Shared[]): Promise<Set<string>> {
  if (shared.length === 0) return new Set();
  const { channel, attribute, now } = looking;
  const addresses = new Set(shared.map(({ address }) => address));
  const leaving = [...looking.leaving()].filter(([, address]) => addresses.has(address));
  if (leaving.length === 0 && !(await areOthersNear(db, looking, shared))) return new Set();
  const own = sql`
    SELECT m.message, m.customer, m.campaign, m.version, m.step, m.enrolment, m.decided_at, b.address
    FROM message m JOIN (
      SELECT ${list(shared.map(({ message }) => message))} AS message, ${list(shared.map(({ address }) => address))} AS address) b
    ON b.message = m.message`;
  const gone = sql`
    SELECT ${list(leaving.map(([message]) => message))} AS message, ${list(leaving.map(([, address]) => address))} AS address
    UNION ALL SELECT message, address FROM transit WHERE address IS NOT NULL`;
  // A message that has left went to the address that is recorded; one that waits will go to the one that its customer has.
  const near = sql`
    SELECT n.message, n.customer, n.campaign, n.step, n.enrolment, n.decided_at, FALSE AS waits, n.address FROM message n
    WHERE n.status IN (${messageStatus.sent}, ${messageStatus.unknown}) AND n.channel = ${channel}::text AND n.address IN (SELECT address FROM own)
    UNION ALL
    SELECT n.message, n.customer, n.campaign, n.step, n.enrolment, n.decided_at, FALSE AS waits, t.address
    FROM gone t JOIN message n ON n.message = t.message
    UNION ALL
    SELECT n.message, n.customer, n.campaign, n.step, n.enrolment, n.decided_at,
      n.message NOT IN (SELECT message FROM transit), b.address
    FROM message n JOIN mailbox b ON b.customer = n.customer AND b.attribute = ${attribute}::text
    WHERE n.status = ${messageStatus.decided} AND n.channel = ${channel}::text AND n.expires_at > ${now}::bigint
      AND b.address IN (SELECT address FROM own) AND n.message NOT IN (SELECT message FROM gone)`;
  const pairs = sql`
    SELECT o.message, o.campaign, o.version, o.step, o.enrolment, n.step AS other_step, n.enrolment AS other,
      abs(o.decided_at - n.decided_at) AS apart
    FROM own o JOIN near n ON n.address = o.address AND n.campaign = o.campaign AND n.customer <> o.customer
    WHERE NOT n.waits OR n.decided_at < o.decided_at OR (n.decided_at = o.decided_at AND n.message < o.message)`;
  const rows = await db.query<{ message: string }>(sql`
    WITH own AS MATERIALIZED (${own}), gone AS MATERIALIZED (${gone}), near AS MATERIALIZED (${near}), pair AS MATERIALIZED (${pairs})
    SELECT DISTINCT p.message FROM pair p
    JOIN step s ON s.step = p.step JOIN step t ON t.step = p.other_step AND ${sendKey('t')} = ${sendKey('s')}
    JOIN campaign k ON k.campaign = p.campaign AND k.version = p.version
    JOIN enrolment e ON e.enrolment = p.enrolment JOIN enrolment f ON f.enrolment = p.other
    WHERE k.reenter < 0 OR (k.reenter > 0 AND p.apart < k.reenter)
      OR (k.reenter = 0 AND (p.apart = 0 OR e.occurrence = f.occurrence))`);
  return new Set(rows.map(({ message }) => message));
}

/** Returns true if other messages of these campaigns have to do with these addresses. Nearly always there are none, and this is asked quickly. */
async function areOthersNear(db: Database, { channel, attribute }: Looking, shared: Shared[]): Promise<boolean> {
  const addresses = [...new Set(shared.map(({ address }) => address))];
  if (addresses.length < shared.length) return true;
  const campaigns = [...new Set(shared.map(({ campaign }) => campaign))];
  const sharers = sql`SELECT customer FROM mailbox WHERE attribute = ${attribute}::text AND address IN (${join(addresses)})`;
  const others = await db.query(sql`
    SELECT message FROM message
    WHERE channel = ${channel}::text AND campaign IN (${join(campaigns)}) AND status IN (${counted})
      AND (address IN (${join(addresses)}) OR customer IN (${sharers})
        OR message IN (SELECT message FROM transit WHERE address IN (${join(addresses)})))
      AND message NOT IN ${ids(shared.map(({ message }) => message))} LIMIT 1`);
  return others.length > 0;
}
