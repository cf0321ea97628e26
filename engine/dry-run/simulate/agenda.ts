import sql, { join, type Sql } from 'sql-template-tag';
import type { Database } from '../../store/database.ts';
import { enrolmentStatus } from '../../store/outcome-sql.ts';
import { andNotPaused } from '../../store/pauses.ts';
import { temporary } from '../../store/statements.ts';
import type { Tick } from '../../tick/tick.ts';
import { byTrigger } from '../../tick/triggers/index.ts';
import { entrancesAhead } from './entrants-ahead.ts';
import { eventsAhead, noteUpcoming, reactionsAhead } from './upcoming.ts';

/** The instants ahead of the customers of a simulation; each customer moves to the earliest of his own. */
export interface Agenda {
  /** Queries (customer, at) for instants after those in `moment`. */
  ahead: Sql[];
  /** True if some customers must be at one instant, see teams.ts. */
  teams: boolean;
  /** The last instant, epoch milliseconds. */
  last: number;
  grid: number;
}

/** Foresees the clock's triggers until `last`, and fills `moment` with everybody at the instant of the last tick. */
export async function createAgenda(tick: Tick, last: number): Promise<Agenda> {
  const { db, program, open, pauses, admitted } = tick;
  await temporary(
    db,
    'moment',
    sql`SELECT customer, ${tick.instant}::bigint AS now, 0::bigint AS before FROM identity`,
  );
  await noteUpcoming(tick, last);
  const ahead = [
    sql`SELECT e.customer, e.due_at AS "at" FROM enrolment e JOIN moment ON moment.customer = e.customer
      WHERE e.status = ${enrolmentStatus.active}${andNotPaused(pauses, sql`e.campaign`)}`,
    ...(await eventsAhead(tick)),
    ...(await reactionsAhead(tick)),
    ...(admitted?.size ? [entrancesAhead()] : []),
  ];
  const asked = open.filter(({ definition: { name } }) => !admitted?.has(name));
  for (const [kind, campaigns] of byTrigger(asked))
    ahead.push(...((await kind.foresee?.(tick, campaigns, last)) ?? []));
  const [some] = await db.query(sql`SELECT 1 AS n FROM team LIMIT 1`);
  return { ahead, teams: some !== undefined, last, grid: program.project.tick };
}

/** Moves everybody in `moment` to the next own instant; those who have none until the end leave it. Returns how many remain. */
export async function moveOn(db: Database, { ahead, teams, last, grid }: Agenda): Promise<number> {
  const next = sql`
    SELECT x.customer, min(x.at) AS "at" FROM (${join(ahead, ' UNION ALL ')}) x WHERE x.at IS NOT NULL GROUP BY x.customer`;
  // The first tick at or after the instant, and after the present one.
  // `greatest` would pass over a missing instant.
  const due = sql`CASE WHEN n.at IS NOT NULL THEN ${db.dialect.divided(sql`(greatest(n.at, moment.now + 1) + ${grid - 1}::bigint)`, sql`${grid}::bigint`)} * ${grid}::bigint END`;
  const own = sql`SELECT moment.customer, moment.now, ${due} AS next FROM moment JOIN (${next}) n ON n.customer = moment.customer`;
  const together = sql`
    SELECT moment.customer, moment.now, min(${due}) OVER (PARTITION BY coalesce(t.team, -moment.customer)) AS next
    FROM moment LEFT JOIN (${next}) n ON n.customer = moment.customer LEFT JOIN team t ON t.customer = moment.customer`;
  const found = sql`SELECT customer, next AS now, now AS before FROM (${teams ? together : own}) a WHERE next <= ${last}::bigint`;
  await temporary(db, 'agenda', found);
  return temporary(db, 'moment', sql`SELECT customer, now, before FROM agenda`);
}
