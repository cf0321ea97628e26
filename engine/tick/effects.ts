import sql, { join, raw, type Sql } from 'sql-template-tag';
import { addressAttributes } from '../consent/mailboxes.ts';
import { refreshAddresses } from '../consent/permissions.ts';
import { zoneAttribute } from '../program/facts.ts';
import { ident } from '../store/dialect.ts';
import { valueFor } from '../store/query-sql.ts';
import { completed, dueAt, goTo, isDue } from './moves.ts';
import { atStep, type Due, isOneOf, standing } from './standing.ts';
import { asking, type Tick } from './tick.ts';
import { refreshZones } from './zones-in-use.ts';

/** Steps that change something other than where the customer stands: attributes, and static segments. */
export async function effects(tick: Tick, arrived: Due): Promise<void> {
  const { db, now } = tick;
  const mine = [...arrived].filter(([, { kind }]) => kind === 'set' || kind === 'add' || kind === 'remove');
  if (mine.length === 0) return;
  const kinds = new Set(mine.map(([, { kind }]) => kind));
  const here = isOneOf(mine.map(([step]) => step));
  if (kinds.has('set')) await setAttributes(tick, arrived);
  if (kinds.has('add')) await add(tick, here);
  if (kinds.has('remove')) await remove(tick, here);
  await db.run(sql`
    UPDATE enrolment SET ${goTo(sql`s.next`, completed, now)} FROM step s
    WHERE ${dueAt(tick, here)}`);
}

/** All values of one step are worked out before the first is written. */
async function setAttributes(tick: Tick, arrived: Due): Promise<void> {
  const { db, program } = tick;
  const types = new Map(program.data.customers.attributes.map(({ name, type }) => [name, type]));
  const zone = zoneAttribute(program);
  const addresses = new Set(addressAttributes(program).map(({ name }) => name));
  const written = new Set<string>();
  for (const { step, row, trigger } of standing(tick, arrived, 'set')) {
    const { from, where } = atStep(step, trigger, tick);
    const among = sql`(SELECT e.customer FROM enrolment e WHERE ${where}) here`;
    const given = row.values.map(({ attribute, value }, i) => {
      const answer = valueFor(types.get(attribute) ?? 'string', value, asking(tick, among));
      const rows = sql`(SELECT e.customer, ${answer.value} AS given FROM ${from} ${answer.joins} WHERE ${where})`;
      return i === 0 ? sql`${rows} v0` : sql`JOIN ${rows} ${v(i)} ON ${v(i)}.customer = v0.customer`;
    });
    const sets = row.values.map(({ attribute }, i) => sql`${ident(attribute)} = n.${v(i)}`);
    const all = row.values.map((_, i) => sql`${v(i)}.given AS ${v(i)}`);
    await db.run(sql`
      UPDATE customer SET ${join(sets)} FROM (SELECT v0.customer, ${join(all)} FROM ${join(given, ' ')}) n
      WHERE customer.customer = n.customer`);
    for (const { attribute } of row.values) written.add(attribute);
  }
  if (zone && written.has(zone)) await refreshZones(tick);
  if (!written.isDisjointFrom(addresses)) await refreshAddresses(db, program);
}

const v = (i: number) => raw(`v${i}`);

const whom = (tick: Tick, here: Sql, kind: 'add' | 'remove') => sql`
  SELECT DISTINCT s.segment, e.customer FROM enrolment e JOIN step s ON s.step = e.step
  WHERE ${isDue(tick)} AND ${here} AND s.kind = ${kind}`;

async function add(tick: Tick, here: Sql): Promise<void> {
  await tick.db.run(sql`
    INSERT INTO listing (segment, customer, origin)
    SELECT n.segment, n.customer, 'journey' FROM (${whom(tick, here, 'add')}) n
    WHERE NOT EXISTS (
      SELECT 1 FROM listing l WHERE l.segment = n.segment AND l.customer = n.customer AND l.origin = 'journey')`);
}

async function remove(tick: Tick, here: Sql): Promise<void> {
  await tick.db.run(sql`
    DELETE FROM listing WHERE (segment, customer) IN (SELECT segment, customer FROM (${whom(tick, here, 'remove')}) n)`);
}
