import sql, { join, type Sql } from 'sql-template-tag';
import type { ValueWriting } from '../../../spec/model/data.ts';
import { zonePeriods } from '../../store/zones.ts';
import type { InputColumn } from './shape.ts';

/**
 * The cells of a column that are plain: the database makes the same value of one as the column's converter. Any other cell is the
 * converter's.
 */
export interface PlainCells {
  /** A regular expression of all of a plain cell; of a cell that may be empty, it matches that too. */
  pattern: string;
  /** Returns a value that `value` needs more than once. */
  first?(cell: Sql): Sql;
  value(cell: Sql, first: Sql): Sql;
}

const CONTROL = '\\u0000-\\u001f\\u007f-\\u009f';

const DAY =
  '(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8]))';
const TIME = '[T ](?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d';
/** After 1970, when all count alike; what has no offset is in the years of which the periods of zones are known. */
const INSTANT = `(?:19[89]\\d|20\\d\\d)-${DAY}${TIME}(?:\\.\\d{1,6})?(?:Z|[+-](?:0\\d|1[0-3]):[0-5]\\d)`;
const LOCAL = `(?:199[1-9]|20[0-4]\\d)-${DAY}${TIME}`;

export interface Notation {
  delimiter: string;
  /** The zone of instants without an offset; absent: all have an offset. */
  zone?: string;
}

/** Returns the plain cells of a column; undefined: there are none. */
export function plainCells(
  column: InputColumn,
  { dates, decimal, values = {}, ...others }: ValueWriting,
  { delimiter, zone }: Notation,
): PlainCells | undefined {
  if (Object.keys({ ...values, ...others }).length > 0 || column.choices || decimal === delimiter) return undefined;
  const cells = ofType(column, anyCell(delimiter), { ...(zone && { zone }), ...(decimal && { decimal }) });
  if (!cells || (dates && ['date', 'instant'].includes(column.type))) return undefined;
  return column.required ? cells : { ...cells, pattern: `(?:${cells.pattern})?` };
}

/** Returns the signs inside of a cell without quotation marks, and those at its edges, where blanks are none of it. */
export function anyCell(delimiter: string): { inside: string; edge: string } {
  const sign = delimiter === '\t' ? '' : delimiter;
  return { inside: `[^${sign}"${CONTROL}]`, edge: `[^${sign}"${CONTROL}\\s]` };
}

function ofType(
  { type }: InputColumn,
  { inside, edge }: { inside: string; edge: string },
  { zone, decimal }: { zone?: string; decimal?: ',' | '.' },
): PlainCells | undefined {
  switch (type) {
    case 'key':
      return { pattern: `${edge}(?:${inside}{0,198}${edge})?`, value: (cell) => cell };
    case 'string':
      return { pattern: `${edge}(?:${inside}*${edge})?`, value: there };
    case 'integer':
      return { pattern: '-?\\d{1,15}', value: (cell) => sql`${there(cell)}::bigint` };
    case 'number':
      return { pattern: number('\\d{1,15}', 15, decimal), value: (cell) => sql`${dotted(cell, decimal)}::double` };
    case 'money':
      return {
        pattern: number('\\d{1,11}', 4, decimal),
        value: (cell) => sql`${dotted(cell, decimal)}::decimal(18,4)`,
      };
    case 'boolean':
      return {
        pattern: 'true|TRUE|True|yes|YES|Yes|1|false|FALSE|False|no|NO|No|0',
        value: (cell) => sql`CASE WHEN ${cell} <> '' THEN lower(${cell}) IN ('true', 'yes', '1') END`,
      };
    case 'date':
      return { pattern: `[1-9]\\d{3}-${DAY}`, value: (cell) => sql`${there(cell)}::date` };
    case 'instant':
      if (zone === undefined) return { pattern: INSTANT, value: (cell) => sql`epoch_ms(${there(cell)}::timestamptz)` };
      return {
        pattern: LOCAL,
        first: (cell) => sql`epoch_ms(${there(cell)}::timestamp)`,
        value: (_, first) => inZone(first, zone),
      };
    default:
      return undefined;
  }
}

function number(whole: string, decimals: number, decimal = '.'): string {
  return `${whole}(?:[${decimal}]\\d{1,${decimals}})?`;
}

function dotted(cell: Sql, decimal?: ',' | '.'): Sql {
  return there(decimal === ',' ? sql`replace(${cell}, ',', '.')` : cell);
}

function there(cell: Sql): Sql {
  return sql`nullif(${cell}, '')`;
}

/** Returns the instant at which a clock of the zone shows what one in UTC shows at `local`. */
export function inZone(local: Sql, zone: string): Sql {
  const periods = zonePeriods(zone).toReversed();
  const oldest = periods.pop();
  const cases = periods.map(
    ({ localFrom, shift, gapAt }) =>
      sql`WHEN ${local} >= ${localFrom}::bigint THEN ${gapAt === null ? sql`${local} - ${shift}::bigint` : sql`${gapAt}::bigint`}`,
  );
  const otherwise = sql`${local} - ${oldest?.shift ?? 0}::bigint`;
  return cases.length === 0 ? otherwise : sql`CASE ${join(cases, ' ')} ELSE ${otherwise} END`;
}
