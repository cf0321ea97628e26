import sql, { raw, type Sql } from 'sql-template-tag';

/** The id by which the messages of a send are known, of a row of `step`: the one that the step had first, also where it was renamed since. */
export function sendKey(step: 's' | 'o' | 't'): Sql {
  const row = raw(step);
  return sql`coalesce(${row}.salt, ${row}.id)`;
}

/** The condition that a journey has a message of a send, of a row of `step` called `s`: a journey sends each of its steps once, also on another version. */
export function hasSent(enrolment: Sql, customer: Sql): Sql {
  return sql`EXISTS (SELECT 1 FROM message m JOIN step o ON o.step = m.step
    WHERE m.customer = ${customer} AND m.enrolment = ${enrolment} AND ${sendKey('o')} = ${sendKey('s')})`;
}
