import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

/** Creates an empty database on a PostgreSQL server, by default that of the run of tests; `stop` drops it. */
export async function openPostgres(server?: string): Promise<{ url: string; stop(): Promise<void> }> {
  const at = server ?? (await serverOfRun());
  const database = `test_${randomBytes(6).toString('hex')}`;
  await administer(at, `CREATE DATABASE ${database}`);
  const url = new URL(at);
  url.pathname = database;
  return {
    url: url.href,
    // FORCE: a test that failed may have left its connections open.
    stop: () => administer(at, `DROP DATABASE ${database} WITH (FORCE)`),
  };
}

async function serverOfRun(): Promise<string> {
  const answer = await fetch(`${inject('services')}postgres`);
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return text;
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
