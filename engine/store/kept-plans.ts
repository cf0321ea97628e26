import { BIGINT, type DuckDBConnection, DuckDBTypeId, type DuckDBValue } from '@duckdb/node-api';
import sql, { raw, type Sql } from 'sql-template-tag';
import { ident } from './dialect.ts';

/** The number of different values with which a text is remembered. */
const mostSeen = 50;

/**
 * Keeps the plans of statements that one connection executes again and again. DuckDB keeps the plan of a prepared statement only if it
 * has no parameters, so a statement reads its values from variables of the connection.
 */
export class KeptPlans {
  private readonly connection: DuckDBConnection;
  /** The texts with variables, by the text of the statement and then by its values; null where it was executed once with these. */
  private readonly seen = new Map<string, Map<string, string | null>>();
  private readonly types = new Map<string, DuckDBTypeId[]>();
  private readonly variables = new Map<string, string>();
  /** The query with which each temporary table was filled last: its text and the types of its values. */
  private readonly temporaries = new Map<string, string>();

  constructor(connection: DuckDBConnection) {
    this.connection = connection;
  }

  /**
   * Returns the same statement without parameters, whose plan is kept; or the statement itself the first time, and where it has had too many
   * different values.
   */
  async constant(statement: Sql): Promise<Sql> {
    const { text, values } = statement;
    if (values.length === 0) return statement;
    const executed = this.seen.get(text) ?? new Map<string, string | null>();
    this.seen.set(text, executed);
    const key = JSON.stringify(values.map((value) => `${typeof value} ${Object.is(value, -0) ? '-0' : value}`));
    const known = executed.get(key);
    if (known) return raw(known);
    if (known === null) {
      const found = await this.withVariables(statement);
      executed.set(key, found);
      return raw(found);
    }
    // A statement with new values each time would push out the plans of all others.
    if (executed.size < mostSeen) executed.set(key, null);
    return statement;
  }

  /** Forgets which temporary tables there are: those of a transaction that failed are gone. */
  forgetTables(): void {
    this.temporaries.clear();
  }

  /**
   * Returns the statements that replace the rows of a temporary table; undefined where there is none with these columns yet, which is
   * then to be made.
   */
  async replace(table: string, rows: Sql): Promise<[Sql, Sql] | undefined> {
    if (readsTable(rows, table)) {
      this.temporaries.delete(table);
      return undefined;
    }
    const query = `${rows.text}\n${rows.values.map(kindOf)}`;
    const last = this.temporaries.get(table);
    this.temporaries.set(table, query);
    if (last === undefined) return undefined;
    if (last !== query && !(await this.hasColumnsOf(table, rows))) return undefined;
    return [sql`DELETE FROM ${ident(table)}`, sql`INSERT INTO ${ident(table)} ${rows}`];
  }

  private async hasColumnsOf(table: string, rows: Sql): Promise<boolean> {
    const columns = (await this.columnsOf(rows.text)) ?? (await this.columnsOf(await this.withVariables(rows)));
    return columns !== undefined && columns === (await this.columnsOf(`SELECT * FROM ${ident(table).text}`));
  }

  private async columnsOf(query: string): Promise<string | undefined> {
    const prepared = await this.connection.prepare(query);
    const all = Array.from({ length: prepared.columnCount }, (_, i) => i);
    const known = all.every((i) => prepared.columnTypeId(i) !== DuckDBTypeId.INVALID);
    const columns = known ? all.map((i) => `${prepared.columnName(i)} ${prepared.columnType(i)}`).join() : undefined;
    prepared.destroySync();
    return columns;
  }

  private async withVariables({ text, values, strings }: Sql): Promise<string> {
    const types = this.types.get(text) ?? (await this.typesOf(text, values, strings));
    this.types.set(text, types);
    let found = strings[0] ?? '';
    for (const [i, value] of values.entries()) {
      // A variable without a value would have a type.
      const constant =
        value === null ? 'NULL' : `getvariable('${await this.variable(value as DuckDBValue, types[i])}')`;
      found += `${constant}${strings[i + 1]}`;
    }
    return found;
  }

  private async typesOf(text: string, values: readonly unknown[], strings: readonly string[]): Promise<DuckDBTypeId[]> {
    const casts = values.map((_, i) => strings[i + 1]?.startsWith('::bigint'));
    // Where the text gives the types, the statement need not be prepared, which plans it.
    if (values.every((value, i) => casts[i] || typeof value !== 'number'))
      return casts.map((cast) => (cast ? DuckDBTypeId.BIGINT : DuckDBTypeId.INVALID));
    const prepared = await this.connection.prepare(text);
    const types = values.map((_, i) => prepared.parameterTypeId(i + 1));
    prepared.destroySync();
    return types;
  }

  /** Returns the variable that has this value in the type in which `bind` gives it to a parameter of this type. */
  private async variable(value: DuckDBValue, type: DuckDBTypeId = DuckDBTypeId.INVALID): Promise<string> {
    const whole = type === DuckDBTypeId.BIGINT && Number.isSafeInteger(value);
    const key = `${whole ? 'whole' : typeof value} ${Object.is(value, -0) ? '-0' : value}`;
    const known = this.variables.get(key);
    if (known !== undefined) return known;
    const name = `value_${this.variables.size}`;
    const prepared = await this.connection.prepare(`SET VARIABLE ${name} = $1`);
    if (whole) prepared.bindValue(1, BigInt(value as number), BIGINT);
    else prepared.bindValue(1, value);
    await prepared.run();
    prepared.destroySync();
    this.variables.set(key, name);
    return name;
  }
}

function readsTable(rows: Sql, table: string): boolean {
  return new RegExp(`(?:FROM|JOIN|USING|,)\\s+(?:"?temp"?\\.)?"?${table}"?\\b`, 'i').test(rows.text);
}

/** Values of one kind have one type in a statement. */
function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Number.isSafeInteger(value) ? 'whole' : typeof value;
}
