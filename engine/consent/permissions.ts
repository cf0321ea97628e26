import sql, { empty, join, type Sql } from 'sql-template-tag';
import { toCustomers } from '../program/facts.ts';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { ident } from '../store/dialect.ts';
import { setMeta } from '../store/meta.ts';
import { counted } from '../store/outcome-sql.ts';
import { temporary } from '../store/statements.ts';
import { addressAttributes, findMailboxes, hashOf, noteAddresses, noteMailboxes, withSharers } from './mailboxes.ts';

/*
 * The results of the ledgers of consent and suppressions: `subscription` and `blocked`, by customer and by the channel's name,
 * so that a reader of these tables need not know about words, kinds and shared addresses.
 */

/** The words that mean each channel: its name, its kind, `*`. Consent by its kind counts only where no channel has that name. */
function words({ channels }: Program): Sql {
  const names = new Set(channels.map((channel) => channel.name));
  const rows = channels.flatMap(({ name, kind, address = '' }) =>
    [...new Set([name, kind, '*'])].map((word) => {
      const grants = word === name || (word === kind && !names.has(kind));
      return sql`(${name}::text, ${word}::text, ${grants}::boolean, ${address}::text, ${toCustomers({ kind })}::boolean)`;
    }),
  );
  const none = sql`SELECT ''::text, ''::text, FALSE, ''::text, FALSE WHERE FALSE`;
  return sql`(${rows.length > 0 ? sql`VALUES ${join(rows)}` : none}) w (channel, word, grants, attribute, personal)`;
}

/**
 * Works out the consent of these customers (a subquery), and of those who share an address with them: the customer's latest
 * word for a channel must be a grant, and so must the latest of all who share the address of that channel. Of equal times the
 * withdrawal counts.
 */
export async function refreshConsent(db: Database, program: Program, whom: Sql): Promise<void> {
  const shared = await concern(db, whom);
  const concerned = shared ? withSharers(sql`SELECT customer FROM whose`) : sql`SELECT customer FROM whose`;
  const entries = sql`
    SELECT k.customer, k.channel, k.granted, k.at FROM consent k
    WHERE k.address IS NULL AND k.customer IN (${concerned})
    UNION ALL
    SELECT b.customer, k.channel, FALSE, k.at FROM consent k JOIN mailbox b ON b.address = k.address
    WHERE NOT k.granted AND b.customer IN (${concerned})`;
  const latest = sql`
      SELECT k.customer, w.channel, w.attribute, max(CASE WHEN k.granted AND w.grants THEN k.at END) AS granted_at,
        max(CASE WHEN NOT k.granted THEN k.at END) AS withdrawn_at
      FROM (${entries}) k JOIN ${words(program)} ON w.word = k.channel AND w.personal
      GROUP BY k.customer, w.channel, w.attribute`;
  if (shared) await temporary(db, 'last_word', latest);
  const others = sql`
    AND (s.customer, s.channel) NOT IN (
      SELECT b.customer, g.channel FROM mailbox b JOIN (
        SELECT b.address, s.attribute, s.channel FROM last_word s JOIN mailbox b
          ON b.customer = s.customer AND b.attribute = s.attribute AND b.first IS NOT NULL
        GROUP BY b.address, s.attribute, s.channel
        HAVING max(s.withdrawn_at) >= max(s.granted_at)) g ON g.address = b.address AND g.attribute = b.attribute)`;
  await db.run(sql`DELETE FROM subscription WHERE customer IN (SELECT customer FROM whose)`);
  await db.run(sql`
    INSERT INTO subscription (customer, channel)
    SELECT s.customer, s.channel FROM ${shared ? sql`last_word` : sql`(${latest})`} s
    WHERE s.customer IN (SELECT customer FROM whose) AND s.granted_at IS NOT NULL AND (s.withdrawn_at IS NULL OR s.granted_at > s.withdrawn_at) ${shared ? others : empty}`);
}

/**
 * Called after new suppressions of these customers (a subquery). One of a customer also holds for the addresses
 * that the customer has; it ends for each of them by a later lift.
 */
export async function refreshSuppressions(db: Database, program: Program, whom: Sql): Promise<void> {
  await coverAddresses(db, program, whom);
  await refreshBlocked(db, program, whom);
}

/** Works out on which channels these customers (a subquery), and those who share an address with them, are suppressed. */
export async function refreshBlocked(db: Database, program: Program, whom: Sql): Promise<void> {
  await noteMailboxes(db, program, whom);
  await concern(db, whom);
  const entries = sql`
    SELECT x.customer, NULL::text AS attribute, '' AS subject, x.channel, x.reason, x.at, x.lifted FROM suppression x
    WHERE x.address IS NULL AND x.customer IN (SELECT customer FROM whose)
    UNION ALL
    SELECT b.customer, b.attribute, x.address, x.channel, x.reason, x.at, x.lifted FROM suppression x
    JOIN mailbox b ON b.address = x.address WHERE b.customer IN (SELECT customer FROM whose)`;
  // A provider's word is about one address of the customer; what the shop writes is about the person.
  const meant = sql`w.word = x.channel AND (x.attribute IS NULL OR w.personal)
    AND (x.attribute IS NULL OR x.attribute = w.attribute OR x.reason NOT IN ('bounced', 'complained'))`;
  await db.run(sql`DELETE FROM blocked WHERE customer IN (SELECT customer FROM whose)`);
  await db.run(sql`
    INSERT INTO blocked (customer, channel)
    SELECT DISTINCT customer, channel FROM (
      SELECT x.customer, w.channel FROM (${entries}) x JOIN ${words(program)} ON ${meant}
      GROUP BY x.customer, x.subject, w.channel
      HAVING max(CASE WHEN x.lifted IS NOT TRUE THEN x.at END) >= coalesce(max(CASE WHEN x.lifted THEN x.at END), -9223372036854775807)) y`);
}

/** Fills `whose` with these customers and all who share an address with them. Returns true if anybody does. */
async function concern(db: Database, whom: Sql): Promise<boolean> {
  await temporary(db, 'whose', sql`SELECT DISTINCT customer FROM (${whom}) w`);
  const sharing = sql`
    SELECT 1 FROM mailbox b JOIN whose w ON w.customer = b.customer WHERE b.first IS NOT NULL LIMIT 1`;
  if ((await db.query(sharing)).length === 0) return false;
  await temporary(db, 'sharer', withSharers(sql`SELECT customer FROM whose`));
  await temporary(db, 'whose', sql`SELECT customer FROM sharer`);
  return true;
}

/**
 * Adds to each entry about one of these customers one about every address of theirs that it means. A lift means all: an
 * entry for `*` about one address holds on every channel.
 */
async function coverAddresses(db: Database, program: Program, whom: Sql): Promise<void> {
  const parts = addressAttributes(program).map(({ name: attribute, type }) => {
    const hash = hashOf(db, program, { name: attribute, type });
    const meant = program.channels
      .filter((channel) => channel.address === attribute)
      .flatMap(({ name, kind }) => [name, kind]);
    return sql`
      SELECT x.id, x.customer, x.channel, x.reason, x.at, ${hash} AS address, x.lifted FROM suppression x
      JOIN customer c ON c.customer = x.customer
      WHERE x.address IS NULL AND c.${ident(attribute)} IS NOT NULL AND x.customer IN (${whom})
        AND (x.lifted IS TRUE OR x.channel IN (${join(['*', ...new Set(meant)])}))`;
  });
  if (parts.length === 0) return;
  await db.run(sql`
    INSERT INTO suppression (id, customer, channel, reason, "at", address, lifted)
    SELECT concat(n.id, '/', n.address), n.customer, n.channel, n.reason, n.at, n.address, n.lifted
    FROM (SELECT DISTINCT * FROM (${join(parts, ' UNION ALL ')}) p) n
    WHERE NOT EXISTS (SELECT 1 FROM suppression e WHERE e.id = concat(n.id, '/', n.address))`);
}

/** Called after customers' addresses have changed. */
export async function refreshAddresses(db: Database, program: Program): Promise<void> {
  const refused = sql`SELECT DISTINCT customer FROM suppression WHERE address IS NULL`;
  if ((await db.query(sql`${refused} LIMIT 1`)).length > 0) await coverAddresses(db, program, refused);
  if (!(await findMailboxes(db, program))) return;
  await noteAddresses(
    db,
    program,
    sql`message.status IN (${counted}) AND message.customer IN (SELECT customer FROM moved)`,
  );
  await refreshConsent(db, program, sql`SELECT customer FROM moved`);
  await refreshSuppressions(db, program, sql`SELECT customer FROM moved`);
}

/** Called after entries about an address were added to the ledgers. */
export async function refreshNamed(db: Database, program: Program): Promise<void> {
  await findMailboxes(db, program);
  await refreshConsent(db, program, sql`SELECT customer FROM mailbox`);
  await refreshSuppressions(db, program, sql`SELECT customer FROM mailbox`);
}

/** Works everything out anew where the channels mean something else than before. */
export async function ensurePermissions(db: Database, program: Program): Promise<void> {
  const basis = JSON.stringify(program.channels.map(({ name, kind, address }) => [name, kind, address ?? null]));
  const [known] = await db.query<{ value: string }>(sql`SELECT value FROM meta WHERE name = 'channels'`);
  if (known?.value === basis) return;
  await setMeta(db, 'channels', basis);
  const any = ['customer', 'consent', 'suppression'].map((table) => sql`(SELECT 1 AS n FROM ${ident(table)} LIMIT 1)`);
  if ((await db.query(join(any, ' UNION ALL '))).length === 0) return;
  await db.run(sql`DELETE FROM mailbox`);
  await findMailboxes(db, program);
  await db.run(sql`DELETE FROM subscription`);
  await db.run(sql`DELETE FROM blocked`);
  await refreshConsent(db, program, sql`SELECT customer FROM consent WHERE customer IS NOT NULL`);
  await refreshSuppressions(
    db,
    program,
    sql`SELECT customer FROM suppression WHERE customer IS NOT NULL UNION SELECT customer FROM mailbox`,
  );
}
