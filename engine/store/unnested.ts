import sql, { type Sql } from 'sql-template-tag';
import type { Value } from './database.ts';

/**
 * Returns an expression of DuckDB's whose rows are the values, as text, given as one parameter: to hand them over one by one takes longer than
 * all else of a load.
 */
export function unnested(values: Value[]): Sql {
  const separator = mark('\u001f', (sign) => values.some((value) => typeof value === 'string' && value.includes(sign)));
  if (!values.includes(null)) return sql`unnest(string_split(${values.join(separator)}, ${separator}))`;
  const none = mark('\u001e', (sign) => values.includes(sign));
  const all = values.map((value) => value ?? none).join(separator);
  return sql`nullif(unnest(string_split(${all}, ${separator})), ${none})`;
}

/** Returns a text that is not taken: the sign, or it and a number. No end of one text and beginning of the next make it up, for only its first letter is the sign. */
function mark(sign: string, taken: (mark: string) => boolean): string {
  if (!taken(sign)) return sign;
  let number = 0;
  while (taken(`${sign}${number}`)) number++;
  return `${sign}${number}`;
}
