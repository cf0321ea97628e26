import sql, { raw, type Sql } from 'sql-template-tag';
import type { CalendarFunction } from '../../../spec/model/expression.ts';

/** `today`: the date at the customer's place. */
export function calendar(fn: CalendarFunction, date: Sql, today: () => Sql): Sql {
  switch (fn) {
    case 'month':
    case 'day':
      return part(fn, date);
    case 'weekday':
      return part('isodow', date);
    case 'age':
      return age(date, today());
    case 'days_until_anniversary':
      return daysUntil(date, today());
  }
}

function part(which: 'year' | 'month' | 'day' | 'isodow', date: Sql): Sql {
  return sql`extract(${raw(which)} FROM ${date})::bigint`;
}

/** Whole years; missing before the date. Whoever was born on 29 February is a year older on 1 March. */
function age(date: Sql, today: Sql): Sql {
  const dayOfYear = (of: Sql) => sql`${part('month', of)} * 100 + ${part('day', of)}`;
  return sql`(CASE WHEN ${date} <= ${today} THEN ${part('year', today)} - ${part('year', date)}
    - CASE WHEN ${dayOfYear(today)} < ${dayOfYear(date)} THEN 1 ELSE 0 END END)`;
}

/** 0 on the day itself. Counted from the first of the month, 29 February is 1 March in a year without one. */
function daysUntil(date: Sql, today: Sql): Sql {
  const inYear = (year: Sql) =>
    sql`(make_date((${year})::integer, ${part('month', date)}::integer, 1) + (${part('day', date)} - 1)::integer)`;
  const thisYear = inYear(part('year', today));
  const nextYear = inYear(sql`${part('year', today)} + 1`);
  return sql`(CASE WHEN ${thisYear} >= ${today} THEN ${thisYear} - ${today} ELSE ${nextYear} - ${today} END)::bigint`;
}
