import { DuckDBDecimalType, type DuckDBType, DuckDBTypeId } from '@duckdb/node-api';
import sql, { raw, type Sql } from 'sql-template-tag';
import type { ValueWriting } from '../../../spec/model/data.ts';
import { inZone, plainCells } from './plain-cells.ts';
import type { InputColumn } from './shape.ts';

/** The values of a column of which the database makes the same as the column's converter. Others are the converter's. */
export interface PlainValues {
  /** The value as the file has it; NULL where there is none. */
  cell: Sql;
  /** The condition of a plain one, of those that are not NULL. */
  plain: Sql;
  /** What becomes of it. */
  value: Sql;
}

const { VARCHAR, BOOLEAN, DATE, DOUBLE, FLOAT, TIMESTAMP_TZ, TIMESTAMP, TIMESTAMP_NS, TIMESTAMP_MS, TIMESTAMP_S } =
  DuckDBTypeId;
const { TINYINT, SMALLINT, INTEGER, BIGINT, UTINYINT, USMALLINT, UINTEGER, UBIGINT } = DuckDBTypeId;
const WHOLE = new Set([TINYINT, SMALLINT, INTEGER, BIGINT, UTINYINT, USMALLINT, UINTEGER, UBIGINT]);
const LOCAL = new Set([TIMESTAMP, TIMESTAMP_NS, TIMESTAMP_MS, TIMESTAMP_S, DATE]);

/** Returns true if a condition compares the values of a type as the database writes them. */
export function isComparable({ typeId }: DuckDBType): boolean {
  return typeId === VARCHAR || typeId === BOOLEAN || WHOLE.has(typeId);
}

/** `column`: the name of the file's, quoted. Undefined: none of its values is plain. */
export function plainValues(
  asked: InputColumn,
  writing: ValueWriting,
  { type, column }: { type: DuckDBType; column: Sql },
  zone: string,
): PlainValues | undefined {
  const { dates, values = {}, between } = writing;
  if (asked.choices || between || Object.keys(values).length > 0) return undefined;
  if (dates && ['date', 'instant'].includes(asked.type)) return undefined;
  const cell = numberOf(column, type);
  const found = type.typeId === VARCHAR ? ofText(asked, writing, cell) : ofType(asked, type, cell, zone);
  return found && { cell, ...found };
}

/** What is no number is a missing one. Digits that a number of 32 bits does not have are noise. */
function numberOf(column: Sql, { typeId }: DuckDBType): Sql {
  if (typeId !== DOUBLE && typeId !== FLOAT) return column;
  const exact = typeId === FLOAT ? sql`CAST(CAST(${column} AS VARCHAR) AS DOUBLE)` : column;
  return sql`CASE WHEN NOT isnan(${column}) THEN ${exact} END`;
}

const CONTROL = '\\x{0}-\\x{1f}\\x{7f}-\\x{9f}';
/** Text without control characters, and without blanks at its ends as they are cut off. */
const TRIMMED = `[^${CONTROL}\\s\\p{Z}\\x{feff}](?:[^${CONTROL}]*[^${CONTROL}\\s\\p{Z}\\x{feff}])?`;
const LONGEST_KEY = 200;
const LONGEST = 1024 * 1024;

function ofText(asked: InputColumn, writing: ValueWriting, cell: Sql): Omit<PlainValues, 'cell'> | undefined {
  if (asked.type === 'key' || asked.type === 'string') {
    const most = asked.type === 'key' ? LONGEST_KEY : LONGEST;
    // No text has more signs than bytes.
    const plain = sql`strlen(${cell}) <= ${most}::integer AND regexp_full_match(${cell}, ${quoted(TRIMMED)})`;
    return { plain, value: cell };
  }
  const cells = plainCells({ ...asked, required: true }, writing, { delimiter: '\t' });
  if (!cells) return undefined;
  // Evaluated for other texts too.
  const value = sql`CASE WHEN regexp_full_match(${cell}, ${quoted(cells.pattern)}) THEN ${cells.value(cell, cell)} END`;
  return { plain: sql`regexp_full_match(${cell}, ${quoted(cells.pattern)})`, value };
}

/** A pattern that is no parameter is read once. */
function quoted(pattern: string): Sql {
  return raw(`'${pattern.replaceAll("'", "''")}'`);
}

const MOST_WHOLE = sql`${Number.MAX_SAFE_INTEGER}::bigint`;
const MOST_MONEY = raw('99999999999.9999');

function ofType(
  { type: asked }: InputColumn,
  type: DuckDBType,
  cell: Sql,
  zone: string,
): Omit<PlainValues, 'cell'> | undefined {
  const { typeId } = type;
  const whole = WHOLE.has(typeId);
  const double = typeId === DOUBLE || typeId === FLOAT;
  const decimal = type instanceof DuckDBDecimalType;
  switch (asked) {
    case 'key':
    case 'string':
      return whole ? { plain: sql`TRUE`, value: sql`CAST(${cell} AS VARCHAR)` } : undefined;
    case 'integer': {
      const value = sql`TRY_CAST(${cell} AS BIGINT)`;
      const inside = sql`${cell} BETWEEN -${MOST_WHOLE} AND ${MOST_WHOLE}`;
      if (double) return { plain: sql`${inside} AND ${cell} = trunc(${cell})`, value };
      return whole ? { plain: inside, value } : undefined;
    }
    case 'number':
      // Minus zero is not the same everywhere.
      if (double) return { plain: sql`isfinite(${cell})`, value: sql`${cell} + 0.0::double` };
      return whole || (decimal && type.scale > 0)
        ? { plain: sql`TRUE`, value: sql`CAST(${cell} AS DOUBLE)` }
        : undefined;
    case 'money': {
      if (!whole && !double && !(decimal && type.scale <= 4)) return undefined;
      const value = sql`TRY_CAST(${cell} AS DECIMAL(18,4))`;
      const inside = sql`${value} BETWEEN 0 AND ${MOST_MONEY}`;
      return { plain: double ? sql`${inside} AND CAST(${value} AS DOUBLE) = ${cell}` : inside, value };
    }
    case 'boolean':
      if (typeId === BOOLEAN) return { plain: sql`TRUE`, value: cell };
      return whole ? { plain: sql`${cell} IN (0, 1)`, value: sql`${cell} = 1` } : undefined;
    case 'date':
      return typeId === DATE ? { plain: between(cell, '1000-01-01', '9999-12-31', 'DATE'), value: cell } : undefined;
    case 'instant': {
      if (typeId === TIMESTAMP_TZ)
        return { plain: between(cell, '1980-01-01', '2099-12-31', 'TIMESTAMPTZ'), value: sql`epoch_ms(${cell})` };
      if (!LOCAL.has(typeId)) return undefined;
      // A nanosecond is cut off, not rounded.
      const at =
        typeId === TIMESTAMP_NS ? sql`epoch_ns(${cell}) // 1000000` : sql`epoch_ms(CAST(${cell} AS TIMESTAMP))`;
      const plain = between(sql`CAST(${cell} AS TIMESTAMP)`, '1991-01-01', '2049-12-31', 'TIMESTAMP');
      return { plain, value: inZone(at, zone) };
    }
    default:
      return undefined;
  }
}

function between(cell: Sql, first: string, last: string, type: 'DATE' | 'TIMESTAMP' | 'TIMESTAMPTZ'): Sql {
  return sql`${cell} BETWEEN ${raw(`${type} '${first}'`)} AND ${raw(`${type} '${last}'`)}`;
}
