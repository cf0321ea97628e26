import sql, { type Sql } from 'sql-template-tag';

/**
 * Values for an `IN`, as one parameter however many they are: a statement of hundreds of parameters takes longer to read
 * than to run.
 */
export function integers(values: number[]): Sql {
  return sql`(SELECT unnest(string_to_array(${[...new Set(values)].join(',')}::text, ',')::bigint[]))`;
}

/** Ids of messages, which are hexadecimal. */
export function ids(messages: string[]): Sql {
  return sql`(SELECT unnest(string_to_array(${messages.join(',')}::text, ',')))`;
}
