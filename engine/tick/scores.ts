import sql from 'sql-template-tag';
import type { Program } from '../program/program.ts';
import { scalesInUse } from '../program/scales.ts';
import { moveCursor } from '../store/cursor.ts';
import type { Database } from '../store/database.ts';
import { forgetScores, SCORES, score } from '../store/scales.ts';
import { lastRefresh, refreshAfter } from './refresh-instants.ts';
import { queryContext, type Walk } from './tick.ts';

/**
 * Scores all customers on every scale in use, when a refresh instant has passed since the last time. Whatever this tick asks afterwards reads the scores in force. Those of a scale that is not in use stay until then, too.
 */
export async function scoreCustomers(tick: Walk): Promise<void> {
  const { db, program, now, cursors } = tick;
  const scales = scalesInUse(
    program,
    tick.versions.map(({ definition }) => definition),
  );
  const known = [...cursors].filter(([name]) => name.startsWith(SCORES));
  if (scales.size === 0 && known.length === 0) return;
  const boundary = lastRefresh(program.project, now);
  await forgetUnused(db, new Map(known.filter(([, done]) => done < boundary)), scales);
  for (const [name, scale] of scales) {
    if ((cursors.get(`${SCORES}${name}`) ?? Number.NEGATIVE_INFINITY) >= boundary) continue;
    await forgetScores(db, name);
    await score(db, scale, queryContext(tick));
    await moveCursor(db, `${SCORES}${name}`, now);
  }
  tick.scored = new Set(scales.keys());
}

/** Forgets the scores that these cursors are about, but those on the scales in use. */
export async function forgetUnused(
  db: Database,
  cursors: ReadonlyMap<string, number>,
  used: ReadonlyMap<string, unknown>,
): Promise<void> {
  for (const cursor of cursors.keys()) {
    const name = cursor.slice(SCORES.length);
    if (!cursor.startsWith(SCORES) || used.has(name)) continue;
    await forgetScores(db, name);
    await db.run(sql`DELETE FROM cursor WHERE name = ${cursor}`);
  }
}

/** Returns the next instant after `now` at which customers are scored; undefined: no scale is in use. */
export async function nextScoring(db: Database, { project }: Program, now: number): Promise<number | undefined> {
  const rows = await db.query(sql`SELECT name FROM cursor WHERE starts_with(name, ${SCORES}) LIMIT 1`);
  return rows.length > 0 ? refreshAfter(project, now) : undefined;
}
