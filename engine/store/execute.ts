import {
  BIGINT,
  type DuckDBConnection,
  type DuckDBMaterializedResult,
  type DuckDBPreparedStatement,
  DuckDBTypeId,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { Sql } from 'sql-template-tag';

/** Prepared statements of each connection, the least recently used first. */
const prepared = new WeakMap<DuckDBConnection, Map<string, DuckDBPreparedStatement>>();
const mostPrepared = 2_000;

/**
 * Executes a statement with its parameters. DuckDB plans one with parameters when it is prepared and again at every
 * execution, so keeping it prepared saves the first. One without parameters it would not plan again, not even where its
 * tables were empty then: it is kept only where `keepsPlans` declares that plans do not depend on the rows.
 */
export async function execute(
  connection: DuckDBConnection,
  { text, values }: Sql,
  keepsPlans: boolean,
): Promise<DuckDBMaterializedResult> {
  // A statement that creates a table creates one without columns where it is executed again.
  if (values.length === 0 && !(keepsPlans && /^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b/.test(text)))
    return connection.run(text);
  const known = prepared.get(connection) ?? new Map<string, DuckDBPreparedStatement>();
  prepared.set(connection, known);
  const statement = known.get(text) ?? (await connection.prepare(text));
  known.delete(text);
  try {
    bind(statement, values as DuckDBValue[], keepsPlans);
    const result = await statement.run();
    // A concurrent call may have prepared the same statement.
    known.get(text)?.destroySync();
    known.set(text, statement);
    return result;
  } catch (error) {
    statement.destroySync();
    throw error;
  } finally {
    const [oldest] = known;
    if (oldest && known.size > mostPrepared) {
      known.delete(oldest[0]);
      oldest[1].destroySync();
    }
  }
}

/** Forgets the statements of a connection: DuckDB plans one anew at each execution once a table has been made since it was prepared. */
export function forgetPrepared(connection: DuckDBConnection): void {
  for (const statement of prepared.get(connection)?.values() ?? []) statement.destroySync();
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
