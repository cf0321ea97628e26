import sql, { type Sql } from 'sql-template-tag';
import { ident } from '../dialect.ts';
import type { Asking } from './asking.ts';

/** The shift of the customer's clock now, as `lz`; without a zone of its own, the project's. */
export function zoneJoin({ program, now }: Asking): Sql {
  const attribute = program.data.customers.attributes.find(({ type }) => type === 'timezone')?.name;
  const home = program.project.timezone;
  const zone = attribute ? sql`coalesce(c.${ident(attribute)}, ${home})` : sql`${home}`;
  return sql`LEFT JOIN tz_offset lz ON lz.zone = ${zone} AND lz.from_at <= ${now}::bigint AND ${now}::bigint < lz.to_at`;
}

/** The date at the customer's place; needs `zoneJoin`. */
export function today({ dialect, now }: Asking): Sql {
  return dialect.msToDate(sql`(${now}::bigint + lz.shift)`);
}
