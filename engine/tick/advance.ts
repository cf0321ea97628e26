import sql, { join, raw } from 'sql-template-tag';
import type { StepRow } from '../program/program.ts';
import { exitReason } from '../store/outcome-sql.ts';
import { phase } from '../store/phase.ts';
import { type Due, dueAt, enrolments, goTo, isDue, isOneOf } from './moves.ts';
import { passOver } from './pass-over.ts';
import { rowKinds } from './steps/index.ts';
import type { RowKind, Turn } from './steps/step.ts';
import type { StepFacts, Tick } from './tick.ts';

/** The kinds of rows in the order of their execution. */
const kinds: [string, RowKind<StepRow['kind']>][] = Object.entries(rowKinds);

/**
 * Phase 5: a round moves all due enrolments of all campaigns that are at steps of some kinds, with one statement a kind, and
 * again until nothing is due. Steps that only read are executed first, then those that write, those at which customers rest,
 * and sends, so the order in which one customer's journeys are moved does not depend on other customers. Journeys have no
 * cycles, which bounds the rounds. Returns true if any enrolment was due.
 */
export async function advance(tick: Tick): Promise<boolean> {
  const rounds = 4 * tick.versions.reduce((sum, { definition }) => sum + definition.steps.length, 1) ** 2;
  let steps: ReadonlyMap<number, StepFacts> | undefined;
  for (let round = 0; round <= rounds; round++) {
    const due = await whatIsDue(tick);
    if (due.length === 0) return round > 0;
    steps ??= tick.steps ?? (await stepFacts(tick));
    const { arrived, moving } = divide(due, steps);
    tick.moved += moving;
    if (moving > 0) await moveOn(tick);
    const read = await execute(tick, arrived, 'reads');
    if (moving > 0 || read > 0) continue;
    if ((await execute(tick, arrived, 'writes')) > 0) {
      await passOn(tick, arrived);
      continue;
    }
    await execute(tick, arrived, 'rests');
    if ([...arrived.values()].some(({ brief }) => brief)) continue;
    if ((await passOver(tick, arrived)) > 0) continue;
    // No customer can get further without a decision now: all candidates of each customer have been reached.
    if ((await execute(tick, arrived, 'sends')) === 0) return true;
  }
  throw new Error('a journey did not come to rest within its own length');
}

/** Executes the steps of a turn at which enrolments are due, one kind after the other. Returns the number of these kinds. */
async function execute(tick: Tick, arrived: Due, turn: Turn): Promise<number> {
  const present = new Set([...arrived.values()].map(({ kind }) => kind));
  const mine = kinds.filter(([kind, its]) => its.turn === turn && present.has(kind));
  for (const [, kind] of mine) await kind.execute(tick, arrived);
  return mine.length;
}

/** The number of enrolments that are due at a step, which they have just `arrived` at or waited at. */
type Count = { step: number; arrived: boolean; n: number };

function whatIsDue(tick: Tick): Promise<Count[]> {
  return tick.db.query<Count>(sql`
    SELECT step, phase = ${phase.arrived} AS arrived, count(*) AS n FROM ${enrolments(tick)}
    WHERE ${isDue(tick)} GROUP BY step, phase`);
}

/** Returns the steps that customers have just reached, and the number of journeys that go on from where they waited. */
function divide(counts: Count[], steps: ReadonlyMap<number, StepFacts>): { arrived: Due; moving: number } {
  const reached = counts.flatMap(({ step, arrived, n }): [number, StepFacts & { due: number }][] => {
    const facts = steps.get(step);
    return facts && arrived ? [[step, { ...facts, due: Number(n) }]] : [];
  });
  return {
    arrived: new Map(reached),
    moving: counts.reduce((sum, { arrived, n }) => (arrived ? sum : sum + Number(n)), 0),
  };
}

/** Reads the facts of all steps, by their number in the store. */
export async function stepFacts({ db }: Pick<Tick, 'db'>): Promise<ReadonlyMap<number, StepFacts>> {
  const brief = kinds.flatMap(([kind, { brief }]) => (brief ? [raw(`(s.kind = '${kind}' AND ${brief})`)] : []));
  const rows = await db.query<StepFacts & { step: number }>(sql`
    SELECT s.step, s.campaign, s.version, s.id, s.kind, s.step IN (SELECT step FROM fallback) AS "hasFallback",
      ${join(brief, ' OR ')} AS brief
    FROM step s`);
  return new Map(rows.map(({ step, ...facts }) => [step, facts]));
}

/** Moves on the customers whose wait is over: to `otherwise` if they waited in vain. */
async function moveOn(tick: Tick): Promise<void> {
  const { db } = tick;
  const awaits = kinds.flatMap(([kind, { awaits }]) => (awaits ? [raw(`'${kind}'`)] : []));
  const inVain = sql`s.kind IN (${join(awaits)}) AND enrolment.phase = ${phase.waiting}`;
  await db.run(sql`
    UPDATE enrolment SET ${goTo(sql`(CASE WHEN ${inVain} THEN s.otherwise ELSE s.next END)`, exitReason.completed)}
    ${dueAt(tick, sql`e.phase > ${phase.arrived}`)}`);
}

/** Moves on the customers who were due at steps that write. */
async function passOn(tick: Tick, arrived: Due): Promise<void> {
  const written = [...arrived].filter(([, { kind }]) =>
    kinds.some(([own, { turn }]) => own === kind && turn === 'writes'),
  );
  await tick.db.run(sql`
    UPDATE enrolment SET ${goTo(sql`s.next`, exitReason.completed)}
    ${dueAt(tick, isOneOf(written.map(([step]) => step)))}`);
}

/** Lets customers go on for whom this tick has brought what they wait for, before anything advances. */
export async function notice(tick: Tick): Promise<void> {
  for (const [, kind] of kinds) await kind.notice?.(tick);
}
