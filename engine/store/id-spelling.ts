import sql, { type Sql } from 'sql-template-tag';
import type { Dialect } from './dialect.ts';

/** Blanks, invisible characters and quotation marks, as copying and spreadsheets add them. */
const IGNORED = '[ \u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"\'`]';
const NUMBER = '^0*([0-9]+)([.,]0+)?$';

/**
 * Returns a text that is equal for ids which differ in their spelling only: in capitals, in Unicode's normal form, in
 * what is ignored, and, of numbers, in zeros before them and decimals of zeros (`007`, `7`, `7.0`).
 */
export function spellingKey(dialect: Dialect, id: Sql): Sql {
  const bare = sql`regexp_replace(${dialect.folded(id)}, ${IGNORED}::text, '', 'g')`;
  return sql`regexp_replace(${bare}, ${NUMBER}::text, ${'\\1'}::text)`;
}

/**
 * Returns a query for what the ids of strangers may mean: `part` is the whole text, or each of several ids between commas,
 * semicolons or bars. `strangers`: a relation (id, customer).
 */
export function possibleIds(dialect: Dialect, strangers = sql`stranger`): Sql {
  const several = sql`
    SELECT id, customer, regexp_split_to_table(id, ${SEPARATOR}::text) AS part FROM ${strangers}
    WHERE strpos(id, ',') + strpos(id, ';') + strpos(id, '|') > 0`;
  return sql`
    SELECT id, customer, ${spellingKey(dialect, sql`id`)} AS part FROM ${strangers} UNION ALL
    SELECT id, customer, part FROM (SELECT id, customer, ${spellingKey(dialect, sql`part`)} AS part FROM (${several}) s) p
    WHERE part <> ''`;
}

const SEPARATOR = '[,;|]';
