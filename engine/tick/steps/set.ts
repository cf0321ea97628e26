import sql, { join, raw } from 'sql-template-tag';
import { addressAttributes } from '../../consent/mailboxes.ts';
import { refreshAddresses } from '../../consent/permissions.ts';
import { zoneAttribute } from '../../program/facts.ts';
import { compileQuery } from '../../program/query.ts';
import { ident } from '../../store/dialect.ts';
import { valueFor } from '../../store/query-sql.ts';
import { atStep, type Due, enrolments, locate } from '../moves.ts';
import { queryContext, type Tick } from '../tick.ts';
import { refreshZones } from '../zones-in-use.ts';
import type { RowKind, StepCompiler } from './step.ts';

export const set: StepCompiler<'set'> & RowKind<'set'> = {
  compile(step, next, { segments, add }) {
    const values = step.values.map(({ attribute, value }) => ({ attribute, value: compileQuery(value, segments) }));
    add({ id: step.id, kind: 'set', values, next });
    return step.id;
  },
  turn: 'writes',
  writes: ({ values }) => values.map(({ attribute }) => attribute),
  execute: setAttributes,
};

/** Computes all values of one step before the first is written. */
async function setAttributes(tick: Tick, due: Due): Promise<void> {
  const { db, program } = tick;
  const types = new Map(program.data.customers.attributes.map(({ name, type }) => [name, type]));
  const zone = zoneAttribute(program);
  const addresses = new Set(addressAttributes(program).map(({ name }) => name));
  const written = new Set<string>();
  for (const { step, row, trigger } of locate(tick, due, 'set')) {
    const { from, where } = atStep(step, trigger, tick);
    const among = sql`(SELECT e.customer FROM ${enrolments(tick)} WHERE ${where}) here`;
    const given = row.values.map(({ attribute, value }, i) => {
      const answer = valueFor(types.get(attribute) ?? 'string', value, queryContext(tick, among));
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
