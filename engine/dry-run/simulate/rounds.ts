import sql, { empty, join, type Sql } from 'sql-template-tag';
import { addressAttributes } from '../../consent/mailboxes.ts';
import { SOURCE } from '../../data/files/shape.ts';
import { INBOX_LEFT_OUT } from '../../data/intake/left-out-events.ts';
import { zoneAttribute } from '../../program/facts.ts';
import type { CompiledCampaign, Program } from '../../program/program.ts';
import type { Database } from '../../store/database.ts';
import { ident } from '../../store/dialect.ts';
import { noteFeedback } from '../../store/feedback.ts';
import { temporary } from '../../store/statements.ts';
import { eventInbox, eventTable } from '../../store/tables.ts';
import { collectForEach } from '../../tick/collect.ts';
import { prepareRounds, runRound } from '../../tick/round.ts';
import { readVersions } from '../../tick/run-tick.ts';
import { rowKind } from '../../tick/steps/index.ts';
import { releaseStrays } from '../../tick/stray-feedback.ts';
import type { Tick } from '../../tick/tick.ts';
import { createAgenda, moveOn } from './agenda.ts';
import { foreseeBirths } from './born.ts';
import { deliverEach, type Engagement } from './deliver.ts';
import { foreseeEntrants } from './entrants-ahead.ts';
import { foreseeFlips, keepLatestMembers, refreshTicks } from './flips.ts';
import { ENOUGH, forgetLevels, Near } from './near.ts';
import { keepLatestScores, ranksJourneys, scoreAhead } from './scores-ahead.ts';
import { fillTeams } from './teams.ts';

const DAY = 86_400_000;

export interface RoundsInput {
  program: Program;
  /** The instant of the last tick, epoch milliseconds. */
  from: number;
  /** The last grid instant of the simulation. */
  last: number;
  tz: string;
  seed: string;
  engagement: Engagement;
  /** Called after each round with the instant that nobody is before. */
  onRound?: ((reached: number, db: Database) => void | Promise<void>) | undefined;
  onProgress?: ((share: number) => void) | undefined;
  signal?: AbortSignal | undefined;
  /** The number of rows from which on the customers who are still on the way are set apart. */
  enough?: number | undefined;
  /** Statements keep their plans from the beginning; otherwise only once few customers are set apart. */
  keepsPlans?: boolean;
}

/** From so many customers on a plan that was made for fewer rows costs more than making it again. */
const LARGE = 2_000;

/**
 * Continues a store that has just been ticked to the end of a simulation. Customers do not depend on one another, but for teams: so
 * each has a clock of his own, and a round moves everybody to the next instant at which something happens to him. The number of
 * rounds is the largest number of instants of one customer.
 */
export async function runRounds(store: Database, input: RoundsInput): Promise<void> {
  const { from, last } = input;
  if (last <= from) return;
  if (input.keepsPlans) await store.keepPlans?.();
  const apart = store.dialect.name === 'duckdb';
  try {
    await store.transaction((db) => inRounds(db, input, apart ? new Near(db, input.enough ?? ENOUGH) : undefined));
  } finally {
    if (apart) await forgetLevels(store);
  }
}

async function inRounds(db: Database, input: RoundsInput, near: Near | undefined): Promise<void> {
  const { program, from, last, tz, seed, engagement, onRound, onProgress, signal } = input;
  await takeInEvents(db, program, last);
  await releaseStrays(db);
  await fillTeams(db, program);
  const refreshes = refreshTicks(program, from, last);
  await temporary(db, 'offset_ahead', offsetsBetween(from, last));
  const prepared = await prepareRounds(db, program, tz, from);
  const scored = await scoreAhead(prepared, refreshes);
  const born = await foreseeBirths(scored, last);
  const tick = await foreseeEntrants(await foreseeFlips(scored, last, born), last, born);
  await keepLatestMembers(tick);
  const agenda = await createAgenda(tick, last);
  const [heard] = await db.query<{ seq: number }>(sql`SELECT coalesce(max(seq), 0) AS seq FROM message_event`);
  const behind = onProgress && (await progressOf(db, from, last));
  let round = 1;
  for (let count = await moveOn(db, agenda); count > 0; count = await moveOn(db, agenda), round++) {
    signal?.throwIfAborted();
    await near?.narrow(count);
    // The tables have grown by about as much as before: at the 2nd, 4th, 8th round and so on.
    if (input.keepsPlans && count > LARGE && (round & (round - 1)) === 0) await db.keepPlans?.();
    await runRound(tick);
    await deliverEach(db, { seed, engagement });
    if (onRound) await onRound((await earliest(db)) ?? last, db);
    if (behind) onProgress(await behind());
  }
  await near?.widen();
  await keepLatestScores(tick, refreshes.at(-1));
  await finish(db, tick, last);
  await noteFeedback(db, (heard?.seq ?? 0) + 1);
}

/** Selects the periods of zones of which a tick in [from, last] may ask: its clock, the days around it, and the next two weeks for waits. */
function offsetsBetween(from: number, last: number): Sql {
  const [first, end] = [from - 3 * DAY, last + 14 * DAY];
  return sql`
    SELECT * FROM tz_offset WHERE (gap_at IS NULL AND to_at >= ${first}::bigint AND from_at <= ${end}::bigint)
      OR (gap_at >= ${first}::bigint AND gap_at <= ${end}::bigint)`;
}

/** The instant that nobody is before; undefined where all are at the end. */
async function earliest(db: Database): Promise<number | undefined> {
  const [row] = await db.query<{ at: number | null }>(sql`SELECT min(now) AS "at" FROM moment`);
  return row?.at ?? undefined;
}

/**
 * Returns a function for the share that is done. The first rounds take long, and put most of the events behind; in the many short ones
 * that follow a few customers go on: so it is the mean of the share of events and of the time behind the slowest customer.
 */
async function progressOf(db: Database, from: number, last: number): Promise<() => Promise<number>> {
  const count = async (rows: Sql) =>
    (await db.query<{ n: number }>(sql`SELECT count(*) AS n FROM upcoming u ${rows}`))[0]?.n ?? 0;
  const all = await count(empty);
  return async () => {
    const time = (((await earliest(db)) ?? last) - from) / (last - from);
    if (all === 0) return time;
    return (time + 1 - (await count(sql`JOIN moment ON moment.customer = u.customer AND u.at > moment.now`)) / all) / 2;
  };
}

/** Puts the events until the end into their tables, in their order, as ticks would. */
async function takeInEvents(db: Database, { data }: Program, last: number): Promise<void> {
  for (const { name, fields } of data.events) {
    const [table, inbox] = [ident(eventTable(name)), ident(eventInbox(name))];
    const own = [...fields.map((field) => ident(field.name)), ident(SOURCE)];
    const columns = [sql`seq`, sql`id`, sql`customer`, sql`"at"`, ...own];
    const values = [sql`n.id`, sql`i.customer`, sql`n.at`, ...own.map((column) => sql`n.${column}`)];
    await db.run(sql`
      INSERT INTO ${table} (${join(columns)})
      SELECT (SELECT coalesce(max(seq), 0) FROM ${table}) + row_number() OVER (ORDER BY n.at, n.id, i.customer, n.${ident(SOURCE)}),
        ${join(values)}
      FROM ${inbox} n JOIN identity i ON i.id = n.customer WHERE n.at <= ${last}::bigint`);
    await db.run(sql`DELETE FROM ${inbox} WHERE "at" <= ${last}::bigint`);
  }
}

/** Leaves the store as ticks until the end would: what is later is in the inboxes. */
async function finish(db: Database, tick: Tick, last: number): Promise<void> {
  const later = sql`WHERE "at" > ${last}::bigint`;
  await db.run(sql`
    INSERT INTO inbox_feedback (id, message, kind, "at") SELECT id, message, kind, "at" FROM message_event ${later}`);
  await db.run(sql`DELETE FROM message_event ${later}`);
  const all = sql`SELECT customer, ${last}::bigint AS now, ${last}::bigint AS before FROM identity`;
  await temporary(db, 'moment', all);
  await collectForEach(tick);
  await db.run(sql`
    UPDATE cursor SET value = ${last}::bigint WHERE name = 'tick' OR starts_with(name, 'segment:') OR starts_with(name, 'watch:')`);
}

/**
 * Returns true if the customers of this store depend on one another by more than addresses that stay, or on what cannot be
 * foreseen, so that only the walk from instant to instant is exact. `from`: the instant of the last tick.
 */
export async function needsWalk(db: Database, program: Program, from: number): Promise<boolean> {
  if (moves(program, program.campaigns)) return true;
  // A version that was replaced may do what the program does no more.
  const versions = await readVersions(db, program, from);
  if (
    moves(
      program,
      versions.map(({ definition }) => definition),
    ) ||
    ranksJourneys({ program, versions })
  )
    return true;
  const corrections = program.data.events.map(
    ({ name }) => sql`SELECT 1 AS n FROM ${ident(eventInbox(name))} WHERE ${ident('#corrects')} IS NOT NULL`,
  );
  const rows = await db.query(sql`
    SELECT 1 AS n FROM (${join(
      [
        ...corrections,
        sql`SELECT 1 AS n FROM ${ident(INBOX_LEFT_OUT)}`,
        sql`SELECT 1 AS n FROM pause`,
        sql`SELECT 1 AS n FROM launch WHERE taken_at IS NULL`,
        sql`SELECT 1 AS n FROM campaign WHERE is_current AND active_from > ${from}::bigint`,
      ],
      ' UNION ALL ',
    )}) x LIMIT 1`);
  return rows.length > 0;
}

/**
 * Returns true of campaigns that write addresses, which others may share from then on, or the zone: the instants of the clock
 * are foreseen in the zones that customers have.
 */
function moves(program: Program, campaigns: CompiledCampaign[]): boolean {
  const fixed = new Set([zoneAttribute(program), ...addressAttributes(program).map(({ name }) => name)]);
  const writes = campaigns.flatMap(({ steps }) => steps.flatMap((row) => rowKind(row).writes?.(row) ?? []));
  return writes.some((name) => fixed.has(name));
}
