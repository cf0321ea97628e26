import sql, { type Sql } from 'sql-template-tag';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';

/** The tick that looks at an instant: the first at or after it. */
export function tickOf({ dialect }: Database, { project: { tick } }: Program, at: Sql): Sql {
  return sql`(${dialect.divided(sql`(${at} + ${tick - 1}::bigint)`, sql`${tick}::bigint`)} * ${tick}::bigint)`;
}
