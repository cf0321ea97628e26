import sql, { raw, type Sql } from 'sql-template-tag';
import type { CalendarFunction } from '../../../spec/model/expression.ts';
import { ident } from '../dialect.ts';
import type { Nodes, QueryContext } from './writer.ts';

const functions: Record<CalendarFunction, { of(date: Sql, today: Sql): Sql; asksToday?: true }> = {
  month: { of: (date) => part('month', date) },
  day: { of: (date) => part('day', date) },
  weekday: { of: (date) => part('isodow', date) },
  age: { of: age, asksToday: true },
  days_until_anniversary: { of: daysUntil, asksToday: true },
};

export const calendar: Nodes<'ago' | 'today' | 'calendar'> = {
  ago: { scalar: ({ ms }, { context }) => sql`(${context.moments.now} - ${ms}::bigint)` },
  today: { scalar: (_, { context }) => today(context) },
  calendar: { scalar: ({ fn, operand }, { context, scalar }) => functions[fn].of(scalar(operand), today(context)) },
};

/** Returns true if a function depends on the date at the customer's place. */
export function dependsOnToday(fn: CalendarFunction): boolean {
  return functions[fn].asksToday === true;
}

/** Joins the shift of the customer's clock now, as `lz`; a customer without a zone has the project's. */
export function zoneJoin({ program, moments: { now, offsets } }: QueryContext): Sql {
  const attribute = program.data.customers.attributes.find(({ type }) => type === 'timezone')?.name;
  const home = program.project.timezone;
  const zone = attribute ? sql`coalesce(c.${ident(attribute)}, ${home})` : sql`${home}`;
  return sql`LEFT JOIN ${offsets} lz ON lz.zone = ${zone} AND lz.from_at <= ${now} AND ${now} < lz.to_at`;
}

/** Returns the date at the customer's place; needs `zoneJoin`. */
function today({ dialect, moments: { now } }: QueryContext): Sql {
  return dialect.msToDate(sql`(${now} + lz.shift)`);
}

function part(which: 'year' | 'month' | 'day' | 'isodow', date: Sql): Sql {
  return sql`extract(${raw(which)} FROM ${date})::bigint`;
}

/** Returns whole years; missing before the date. A year from 29 February ends on 1 March. */
function age(date: Sql, today: Sql): Sql {
  const dayOfYear = (of: Sql) => sql`${part('month', of)} * 100 + ${part('day', of)}`;
  return sql`(CASE WHEN ${date} <= ${today} THEN ${part('year', today)} - ${part('year', date)}
    - CASE WHEN ${dayOfYear(today)} < ${dayOfYear(date)} THEN 1 ELSE 0 END END)`;
}

/** Returns 0 on the day itself. Counted from the first of the month, 29 February is 1 March in other years. */
function daysUntil(date: Sql, today: Sql): Sql {
  const inYear = (year: Sql) =>
    sql`(make_date((${year})::integer, ${part('month', date)}::integer, 1) + (${part('day', date)} - 1)::integer)`;
  const thisYear = inYear(part('year', today));
  const nextYear = inYear(sql`${part('year', today)} + 1`);
  return sql`(CASE WHEN ${thisYear} >= ${today} THEN ${thisYear} - ${today} ELSE ${nextYear} - ${today} END)::bigint`;
}
