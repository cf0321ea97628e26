import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

/** Creates an empty database on the run's PostgreSQL server; `stop` drops it. */
export async function openPostgres(): Promise<{ url: string; stop(): Promise<void> }> {
  const answer = await fetch(`${inject('services')}postgres`);
  const server = await answer.text();
  if (!answer.ok) throw new Error(server);
  const database = `test_${randomBytes(6).toString('hex')}`;
  await administer(server, `CREATE DATABASE ${database}`);
  const url = new URL(server);
  url.pathname = database;
  return {
    url: url.href,
    // FORCE: a test that failed may have left its connections open.
    stop: () => administer(server, `DROP DATABASE ${database} WITH (FORCE)`),
  };
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
