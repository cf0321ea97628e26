import {
  BIGINT,
  type DuckDBConnection,
  type DuckDBMaterializedResult,
  type DuckDBPreparedStatement,
  DuckDBTypeId,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { Sql } from 'sql-template-tag';

/** The statements that each connection has executed, the least recently used first; null where one was executed once, and so not prepared. */
const prepared = new WeakMap<DuckDBConnection, Map<string, DuckDBPreparedStatement | null>>();
const mostPrepared = 2_000;

/**
 * Executes a statement with its parameters. DuckDB plans one with parameters when it is prepared and again at every
 * execution, so keeping it prepared saves the first. One without parameters it would not plan again, not even where its
 * tables were empty then: it is kept only where `keepsPlans` declares that plans do not depend on the rows.
 */
export async function execute(
  connection: DuckDBConnection,
  statement: Sql,
  keepsPlans: boolean,
): Promise<DuckDBMaterializedResult> {
  const { text, values } = statement;
  // A statement that creates a table creates one without columns where it is executed again.
  if (values.length === 0 && !(keepsPlans && /^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b/.test(text)))
    return connection.run(text);
  const known = prepared.get(connection) ?? new Map<string, DuckDBPreparedStatement | null>();
  prepared.set(connection, known);
  // Most statements of a command are executed once.
  const alone = values.length > 0 && !known.has(text) ? withNumbers(statement) : undefined;
  if (alone !== undefined) {
    keep(known, text, null);
    return connection.run(alone);
  }
  const kept = known.get(text) ?? (await connection.prepare(text));
  known.delete(text);
  try {
    bind(kept, values as DuckDBValue[], keepsPlans);
    const result = await kept.run();
    // A concurrent call may have prepared the same statement.
    known.get(text)?.destroySync();
    keep(known, text, kept);
    return result;
  } catch (error) {
    kept.destroySync();
    throw error;
  }
}

function keep(
  known: Map<string, DuckDBPreparedStatement | null>,
  text: string,
  statement: DuckDBPreparedStatement | null,
): void {
  known.set(text, statement);
  const [oldest] = known;
  if (!oldest || known.size <= mostPrepared) return;
  known.delete(oldest[0]);
  oldest[1]?.destroySync();
}

/**
 * Returns the text of a statement with its values in it; undefined where a value is anything but a whole number or null that the text
 * casts: nobody's text becomes part of a statement.
 */
function withNumbers({ strings, values }: Sql): string | undefined {
  let text = strings[0] ?? '';
  for (const [i, value] of values.entries()) {
    const after = strings[i + 1] ?? '';
    if (!/^::(bigint|integer)\b/.test(after)) return undefined;
    if (value !== null && !Number.isSafeInteger(value)) return undefined;
    // Brackets, because two minus signs begin a comment.
    text += `(${value ?? 'NULL'})${after}`;
  }
  return text;
}

/** Forgets the statements of a connection: DuckDB plans one anew at each execution once a table has been made since it was prepared. */
export function forgetPrepared(connection: DuckDBConnection): void {
  for (const statement of prepared.get(connection)?.values() ?? []) statement?.destroySync();
  prepared.delete(connection);
}

/** Binds the parameters. A number is bound as a double, and one where a bigint is expected makes DuckDB plan again. */
function bind(statement: DuckDBPreparedStatement, values: DuckDBValue[], keepsPlans: boolean): void {
  for (const [i, value] of values.entries()) {
    const whole = keepsPlans && typeof value === 'number' && Number.isSafeInteger(value);
    if (whole && statement.parameterTypeId(i + 1) === DuckDBTypeId.BIGINT)
      statement.bindValue(i + 1, BigInt(value), BIGINT);
    else statement.bindValue(i + 1, value);
  }
}
