import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { Postgres } from '../engine/store/postgres.ts';
import { openPostgres } from './postgres.ts';

test('two databases of one server do not see each other', async () => {
  const [first, second] = await Promise.all([openPostgres(), openPostgres()]);
  const [a, b] = await Promise.all([Postgres.open(first.url), Postgres.open(second.url)]);
  try {
    await a.run(sql`CREATE TABLE only_here (n integer)`);
    const tables = sql`SELECT table_name FROM information_schema.tables WHERE table_name = 'only_here'`;
    expect(await a.query(tables)).toHaveLength(1);
    expect(await b.query(tables)).toHaveLength(0);
  } finally {
    await Promise.all([a.close(), b.close()]);
    await Promise.all([first.stop(), second.stop()]);
  }
});
