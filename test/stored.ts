import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import pg from 'pg';

const folder = join(import.meta.dirname, 'fixtures/stores');

/** Returns the folders of stores that earlier versions have written, each a project with its store as SQL. */
export async function storedFolders(): Promise<string[]> {
  return (await readdir(folder)).toSorted().map((name) => join(folder, name));
}

/** Returns true if the fixture has its store for PostgreSQL too. */
export const hasPostgres = (fixture: string) => existsSync(join(fixture, 'postgres.sql'));

/** Makes the file of an embedded store. */
export async function restoreDuckDb(fixture: string, path: string): Promise<void> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  await connection.run(await readFile(join(fixture, 'duckdb.sql'), 'utf8'));
  connection.closeSync();
  instance.closeSync();
}

export async function restorePostgres(fixture: string, url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(await readFile(join(fixture, 'postgres.sql'), 'utf8'));
  await client.end();
}
