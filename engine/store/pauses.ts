import sql, { empty, join, type Sql } from 'sql-template-tag';
import { type Crossing, readCrossed } from './crossing.ts';
import { readCursor } from './cursor.ts';
import type { Database } from './database.ts';
import { noteDelays } from './delays.ts';
import { enrolmentStatus, messageStatus } from './outcome-sql.ts';
import { releaseRollout } from './rollout-state.ts';

export interface Target {
  kind: 'all' | 'campaign' | 'channel';
  /** Empty for `all`. */
  name: string;
}

export interface Pause extends Target {
  /** Epoch milliseconds. */
  since: number;
  /** Timers are to be moved by the paused time; absent: they run on. */
  shift?: true;
  /** The guardrails that paused the campaign; absent: somebody did. */
  crossed?: Crossing[];
}

/** The customers and messages that wait because of a pause. */
export interface Waiting {
  /** Customers inside; of a paused channel none, for they go on. */
  customers: number;
  /** The customers inside who are due. */
  due: number;
  /** Messages decided and not on the wire. */
  messages: number;
}

/** Everything that is paused, the widest first. */
export async function readPauses(db: Database): Promise<Pause[]> {
  const rows = await db.query<{
    kind: Pause['kind'];
    name: string;
    since: number;
    shift: boolean;
    crossed: string | null;
  }>(sql`SELECT kind, name, since, coalesce(shift, FALSE) AS shift, crossed FROM pause ORDER BY kind, name`);
  return rows.map(({ shift, crossed, ...pause }) => ({
    ...pause,
    ...(shift && { shift }),
    ...readCrossed(crossed),
  }));
}

/** The same of a store that an earlier Kaskad may have left without the table. */
export async function knownPauses(db: Database): Promise<Pause[]> {
  const found = await db.query(sql`SELECT 1 AS found FROM information_schema.tables WHERE table_name = 'pause'`);
  return found.length > 0 ? readPauses(db) : [];
}

/** The pause that keeps a campaign from moving and sending; undefined: none does. */
export function pauseOf(pauses: Pause[], campaign: string): Pause | undefined {
  return pauses.find(({ kind, name }) => kind === 'all' || (kind === 'campaign' && name === campaign));
}

/** The pause that keeps a message in the outbox. */
export function pauseOfMessage(pauses: Pause[], campaign: string, channel: string): Pause | undefined {
  return pauseOf(pauses, campaign) ?? pauses.find(({ kind, name }) => kind === 'channel' && name === channel);
}

/**
 * Pauses a target from now on. Returns the pause that holds: an earlier one stays as it is, and nothing has `changed`, unless `shift` is
 * new about it.
 */
export async function pause(
  store: Database,
  { kind, name }: Target,
  at: number,
  shift = false,
): Promise<{ pause: Pause; changed: boolean }> {
  return store.transaction(async (db) => {
    const earlier = (await readPauses(db)).find((one) => one.kind === kind && one.name === name);
    const own = shift ? { shift } : {};
    if (earlier) {
      if (!shift || earlier.shift) return { pause: earlier, changed: false };
      await db.run(sql`UPDATE pause SET shift = TRUE WHERE kind = ${kind}::text AND name = ${name}::text`);
      return { pause: { ...earlier, ...own }, changed: true };
    }
    await db.run(sql`
      INSERT INTO pause (kind, name, since, shift) VALUES (${kind}::text, ${name}::text, ${at}::bigint, ${shift}::boolean)`);
    return { pause: { kind, name, since: at, ...own }, changed: true };
  });
}

/** Pauses a campaign, which is not paused yet, from now on because it has crossed guardrails. */
export async function pauseByGuardrails(
  tx: Database,
  campaign: string,
  at: number,
  crossed: Crossing[],
): Promise<void> {
  await tx.run(sql`
    INSERT INTO pause (kind, name, since, shift, crossed)
    VALUES ('campaign', ${campaign}::text, ${at}::bigint, FALSE, ${JSON.stringify(crossed)}::text)`);
}

/**
 * Lifts the pause of a target; `all` lifts every pause. Returns what was lifted. `at`: now, epoch milliseconds. `shift`: whether timers are moved by
 * the paused time (`shiftTimers` does it); absent: as each pause says. A rollout that
 * guardrails have held begins its stage again, and messages that had left by then no longer count for them, also if a tick was ahead of the clock.
 */
export async function resume(store: Database, { kind, name }: Target, at: number, shift?: boolean): Promise<Pause[]> {
  return store.transaction(async (db) => {
    const pauses = await readPauses(db);
    const lifted = pauses
      .filter((one) => kind === 'all' || (one.kind === kind && one.name === name))
      .map(({ shift: own, ...one }): Pause => {
        const shifts = one.kind !== 'channel' && (shift ?? own ?? false);
        return { ...one, ...(shifts && { shift: true }) };
      });
    await db.run(
      sql`DELETE FROM pause WHERE ${kind === 'all' ? sql`TRUE` : sql`kind = ${kind}::text AND name = ${name}::text`}`,
    );
    for (const one of lifted) if (one.crossed) await releaseRollout(db, one.name, at);
    const ticked = Math.max(at, (await readCursor(db, 'tick')) ?? 0);
    await noteDelays(
      db,
      lifted.map(({ shift: shifted, ...one }) => {
        const until = one.crossed ? ticked : at;
        return { ...one, path: '', until, ...(shifted && { shifted }) };
      }),
    );
    return lifted;
  });
}

/** `now`: epoch milliseconds. */
export async function waiting(db: Database, target: Target, now: number): Promise<Waiting> {
  const inside = target.kind === 'channel' ? sql`FALSE` : of(target);
  const [customers] = await db.query<{ n: number; due: number }>(sql`
    SELECT count(*) AS n, count(*) FILTER (WHERE due_at <= ${now}::bigint) AS due
    FROM enrolment WHERE status = ${enrolmentStatus.active} AND ${inside}`);
  const [messages] = await db.query<{ n: number }>(sql`
    SELECT count(*) AS n FROM message
    WHERE status = ${messageStatus.decided} AND ${of(target)}`);
  return { customers: customers?.n ?? 0, due: customers?.due ?? 0, messages: messages?.n ?? 0 };
}

/** Rows of `enrolment` or `message` that a target means. */
function of({ kind, name }: Target): Sql {
  if (kind === 'all') return sql`TRUE`;
  return kind === 'campaign' ? sql`campaign = ${name}::text` : sql`channel = ${name}::text`;
}

/** Returns ` AND …` for rows of `enrolment`: their campaign is not paused. `campaign`: the column. */
export function andNotPaused(pauses: Pause[], campaign: Sql): Sql {
  if (pauses.some(({ kind }) => kind === 'all')) return sql` AND FALSE`;
  const names = pauses.flatMap(({ kind, name }) => (kind === 'campaign' ? [sql`${name}::text`] : []));
  return names.length === 0 ? empty : sql` AND ${campaign} NOT IN (${join(names)})`;
}

/** The condition on rows of `message` that neither their campaign nor their channel is paused at this moment, nor the campaign withheld. */
export const unpaused = sql`(message.campaign NOT IN (SELECT name FROM pause WHERE kind = 'campaign')
  AND message.channel NOT IN (SELECT name FROM pause WHERE kind = 'channel')
  AND NOT EXISTS (SELECT 1 FROM pause WHERE kind = 'all')
  AND message.campaign NOT IN (SELECT campaign FROM withheld))`;
