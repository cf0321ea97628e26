import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Query } from '../compile/program.ts';
import { name } from '../store/dialect.ts';
import { ask, value } from '../store/query-sql.ts';
import { columnsOf } from '../store/tables.ts';
import { completed, dueAt, goTo } from './moves.ts';
import { atStep, standing } from './standing.ts';
import { asking, type Tick } from './tick.ts';
import { refreshZones, zoneAttribute } from './zones-in-use.ts';

/** Steps that change something other than where the customer stands: attributes, and static segments. */
export async function effects(tick: Tick, arrived: ReadonlySet<string>): Promise<void> {
  const kinds = ['set', 'add', 'remove'].filter((kind) => arrived.has(kind));
  if (kinds.length === 0) return;
  if (arrived.has('set')) await setAttributes(tick);
  if (arrived.has('add')) await add(tick);
  if (arrived.has('remove')) await remove(tick);
  const { db, now } = tick;
  const passed = join(kinds.map((kind) => sql`${kind}`));
  await db.run(sql`
    UPDATE enrolment SET ${goTo(sql`s.next`, completed, now)} FROM step s
    WHERE ${dueAt(now, sql`s.kind IN (${passed})`)}`);
}

/** Expressions of its own, so a statement of its own. */
async function setAttributes(tick: Tick): Promise<void> {
  const { db, now, program } = tick;
  const types = new Map(
    columnsOf(program.data, 'customer').map((column) => [column.name, db.dialect.types[column.type]]),
  );
  const zone = zoneAttribute(program);
  let moved = false;
  for (const { step, row, trigger } of await standing(tick, 'set')) {
    const { from, where } = atStep(step, trigger, now);
    const among = sql`(SELECT e.customer FROM enrolment e WHERE ${where}) here`;
    // One after the other: a later value sees what an earlier one has set.
    for (const { attribute, value: query } of row.values) {
      const { joins, value: set } = answerOf(query, tick, among);
      const type = raw(types.get(attribute) ?? '');
      await db.run(sql`
        UPDATE customer SET ${name(attribute)} = n.given FROM (
          SELECT e.customer, (${set})::${type} AS given FROM ${from} ${joins} WHERE ${where}) n
        WHERE customer.customer = n.customer`);
      moved ||= attribute === zone;
    }
  }
  if (moved) await refreshZones(tick);
}

function answerOf(query: Query, tick: Tick, among: Sql): { joins: Sql; value: Sql } {
  if (query.predicate.type !== 'boolean') return value(query, asking(tick, among));
  const { joins, where } = ask(query, asking(tick, among));
  return { joins, value: where };
}

const here = (now: number, kind: 'add' | 'remove') => sql`
  SELECT DISTINCT s.segment, e.customer FROM enrolment e JOIN step s ON s.step = e.step
  WHERE e.status = 'active' AND e.due_at <= ${now}::bigint AND s.kind = ${kind}`;

async function add({ db, now }: Tick): Promise<void> {
  await db.run(sql`
    INSERT INTO listing (segment, customer, origin)
    SELECT n.segment, n.customer, 'journey' FROM (${here(now, 'add')}) n
    WHERE NOT EXISTS (
      SELECT 1 FROM listing l WHERE l.segment = n.segment AND l.customer = n.customer AND l.origin = 'journey')`);
}

async function remove({ db, now }: Tick): Promise<void> {
  await db.run(sql`
    DELETE FROM listing WHERE (segment, customer) IN (SELECT segment, customer FROM (${here(now, 'remove')}) n)`);
}
