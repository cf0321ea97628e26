import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { CompiledCampaign, Program } from '../program/program.ts';
import { moveCursor } from '../store/cursor.ts';
import type { Column, Database } from '../store/database.ts';
import { ident } from '../store/dialect.ts';
import { enrolmentStatus, exitReason, messageReason, messageStatus } from '../store/outcome-sql.ts';
import { phase } from '../store/phase.ts';
import { temporary } from '../store/statements.ts';
import { movedCursor } from '../tick/pass-over.ts';
import { type Passage, passagesOf, type Stuck } from './passages.ts';

/** A version that has customers inside, and where those at its steps go by the rule of the version to be applied. */
interface Crossing {
  campaign: CompiledCampaign;
  /** The version as enrolments carry it. */
  version: string;
  passages: ReadonlyMap<string, Passage | Stuck>;
}

/** `passage`: the passages of all crossings, one row each. */
const columns: Column[] = [
  { name: 'campaign', type: 'text' },
  { name: 'version', type: 'text' },
  { name: 'from_id', type: 'text' },
  { name: 'to_version', type: 'text' },
  { name: 'to_id', type: 'text' },
  { name: 'anew', type: 'boolean' },
  { name: 'shift', type: 'bigint' },
  { name: 'waits', type: 'bigint' },
];

/**
 * Moves the customers inside earlier versions of the campaigns that say so, in a few statements for any number of customers. Those whom the new version cannot
 * take over stay where they are. Their messages go with their steps, so that answers to them count, and none is decided again.
 */
export async function moveInside(db: Database, program: Program, at: number): Promise<void> {
  await cancelReplaced(db, program, at);
  const crossings = await crossingsInto(db, program);
  if (crossings.length === 0) return;
  await fillPassages(db, crossings);
  const standing = sql`
    SELECT e.enrolment, e.step AS from_step, p.to_version, n.step AS to_step, p.anew, p.shift, p.waits
    FROM enrolment e JOIN step o ON o.step = e.step
    JOIN passage p ON p.campaign = o.campaign AND p.version = o.version AND p.from_id = o.id
    LEFT JOIN step n ON n.campaign = p.campaign AND n.version = p.to_version AND n.id = p.to_id
    WHERE e.status = ${enrolmentStatus.active}`;
  if ((await temporary(db, 'moving', standing)) === 0) return;
  await db.run(sql`
    UPDATE message SET ${replaced(at)} FROM moving v
    WHERE message.enrolment = v.enrolment AND message.status = ${messageStatus.decided}
      AND (v.to_step IS NULL OR (v.anew AND message.step = v.from_step))`);
  await db.run(sql`
    UPDATE message SET step = n.step, version = p.to_version FROM moving v, step o, passage p, step n
    WHERE message.enrolment = v.enrolment AND v.to_step IS NOT NULL AND o.step = message.step
      AND p.campaign = o.campaign AND p.version = o.version AND p.from_id = o.id AND NOT p.anew
      AND n.campaign = p.campaign AND n.version = p.to_version AND n.id = p.to_id`);
  await db.run(moveEnrolments(at));
  for (const { name } of new Set(crossings.map(({ campaign }) => campaign)))
    await moveCursor(db, movedCursor(name), at);
}

function moveEnrolments(at: number): Sql {
  const waits = sql`enrolment.phase = ${phase.waiting}`;
  const ends = sql`v.to_step IS NULL`;
  return sql`
    UPDATE enrolment SET step = v.to_step,
      version = CASE WHEN ${ends} THEN enrolment.version ELSE v.to_version END,
      phase = CASE WHEN v.anew THEN ${phase.arrived} ELSE enrolment.phase END,
      due_at = CASE WHEN ${ends} THEN NULL WHEN v.anew THEN ${at}::bigint WHEN ${waits} THEN enrolment.due_at + v.shift ELSE enrolment.due_at END,
      deferred_at = CASE WHEN ${ends} OR v.anew THEN NULL
        WHEN ${waits} THEN coalesce(enrolment.deferred_at, enrolment.due_at - v.waits) ELSE enrolment.deferred_at END,
      status = CASE WHEN ${ends} THEN ${enrolmentStatus.ended} ELSE enrolment.status END,
      reason = CASE WHEN ${ends} THEN ${exitReason.replaced} END,
      ended_at = CASE WHEN ${ends} THEN ${at}::bigint END
    FROM moving v WHERE v.enrolment = enrolment.enrolment`;
}

function replaced(at: number): Sql {
  return sql`status = ${messageStatus.suppressed}, reason = ${messageReason.replaced}, finished_at = ${at}::bigint`;
}

/** Cancels what has not left of earlier versions whose customers leave, also of journeys that have ended. */
async function cancelReplaced(db: Database, { campaigns }: Program, at: number): Promise<void> {
  const leaving = campaigns.filter(({ inFlight }) => inFlight === 'exit');
  if (leaving.length === 0) return;
  const versions = leaving.map(({ name, hash }) => sql`(message.campaign = ${name} AND message.version <> ${hash})`);
  await db.run(sql`
    UPDATE message SET ${replaced(at)} WHERE status = ${messageStatus.decided} AND (${join(versions, ' OR ')})`);
}

async function fillPassages(db: Database, crossings: Crossing[]): Promise<void> {
  const blank = columns.map(({ name, type }) => sql`NULL::${raw(db.dialect.types[type])} AS ${ident(name)}`);
  await temporary(db, 'passage', sql`SELECT ${join(blank)} WHERE FALSE`);
  const rows = crossings.flatMap(({ campaign, version, passages }) =>
    [...passages].flatMap(([from, passage]) => {
      if ('stuck' in passage) return [];
      const { to, anew, shift, waits = null } = passage;
      const between = { campaign: campaign.name, version, from_id: from, to_version: campaign.hash, to_id: to };
      return [{ ...between, anew, shift, waits }];
    }),
  );
  await db.load('passage', columns, rows);
}

/** Returns the versions with customers inside who do not finish on them, by the rules of a Program. */
async function crossingsInto(db: Database, program: Program): Promise<Crossing[]> {
  const wanted = new Map(program.campaigns.flatMap((one) => (one.inFlight ? [[one.name, one] as const] : [])));
  if (wanted.size === 0) return [];
  const old = await versionsInside(db);
  return old.flatMap(({ definition, version }) => {
    const campaign = wanted.get(definition.name);
    const passages = campaign && campaign.hash !== version ? passagesOf(campaign, definition) : undefined;
    return campaign && passages ? [{ campaign, version, passages }] : [];
  });
}

/** Returns the definitions of the versions that have customers inside. `version`: as enrolments carry it. */
export async function versionsInside(db: Database): Promise<{ version: string; definition: CompiledCampaign }[]> {
  const rows = await db.query<{ version: string; definition: string }>(sql`
    SELECT k.version, k.definition FROM campaign k WHERE (k.campaign, k.version) IN (
      SELECT s.campaign, s.version FROM step s WHERE EXISTS (
        SELECT 1 FROM enrolment e WHERE e.step = s.step AND e.status = ${enrolmentStatus.active}))
    ORDER BY k.campaign, k.version`);
  return rows.map(({ version, definition }) => ({ version, definition: JSON.parse(definition) as CompiledCampaign }));
}

/** Customers at a step of an earlier version whom a Program's version cannot take over, so that it must not be applied. */
export interface StuckAt {
  campaign: string;
  version: string;
  step: string;
  customers: number;
  why: Stuck['stuck'];
}

/** Returns where customers stand whom a Program's versions cannot take over, though they are to move. */
export async function stuckInside(db: Database, program: Program): Promise<StuckAt[]> {
  const crossings = await crossingsInto(db, program);
  if (crossings.length === 0) return [];
  const standing = await standingAt(db);
  return standing.flatMap((one) => {
    const crossing = crossings.find(
      ({ campaign, version }) => campaign.name === one.campaign && version === one.version,
    );
    const passage = crossing?.passages.get(one.step);
    return passage && 'stuck' in passage ? [{ ...one, why: passage.stuck }] : [];
  });
}

/** Returns how many customers stand at each step of each version. */
export function standingAt(
  db: Database,
): Promise<{ campaign: string; version: string; step: string; customers: number }[]> {
  return db.query(sql`
    SELECT s.campaign, s.version, s.id AS "step", e.n AS customers
    FROM (SELECT step, count(*) AS n FROM enrolment WHERE status = ${enrolmentStatus.active} GROUP BY step) e
    JOIN step s ON s.step = e.step ORDER BY s.step`);
}

/**
 * Returns how many customers at a step still wait at `tick` (epoch milliseconds), the instant of the first tick after an apply, and have waited long
 * enough then by the times of a Program that recomputes them.
 */
export async function releasedBy(db: Database, program: Program, tick: number): Promise<Omit<StuckAt, 'why'>[]> {
  const shorter = (await crossingsInto(db, program)).flatMap(({ campaign, version, passages }) =>
    [...passages].flatMap(([step, passage]) =>
      'shift' in passage && passage.shift < 0
        ? [sql`(${campaign.name}::text, ${version}::text, ${step}::text, ${passage.shift}::bigint)`]
        : [],
    ),
  );
  if (shorter.length === 0) return [];
  return db.query(sql`
    SELECT s.campaign, s.version, s.id AS "step", count(*) AS customers
    FROM enrolment e JOIN step s ON s.step = e.step
    JOIN (VALUES ${join(shorter)}) AS p(campaign, version, id, shift) ON p.campaign = s.campaign AND p.version = s.version AND p.id = s.id
    WHERE e.status = ${enrolmentStatus.active} AND e.phase = ${phase.waiting}
      AND e.due_at > ${tick}::bigint AND e.due_at + p.shift <= ${tick}::bigint
    GROUP BY s.campaign, s.version, s.id`);
}
