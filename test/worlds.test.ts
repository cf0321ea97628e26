import fc from 'fast-check';
import sql, { raw } from 'sql-template-tag';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../engine/store/database.ts';
import { DuckDb } from '../engine/store/duckdb.ts';
import { worldsOf } from './extent.ts';
import { dump, live } from './live.ts';
import { instants, type World, world } from './random-world.ts';
import { compare } from './second-engine/compare.ts';
import { empty, openPostgresStore } from './stores.ts';

let postgres: Awaited<ReturnType<typeof openPostgresStore>>;
beforeAll(async () => {
  postgres = await openPostgresStore();
});
afterAll(() => postgres.close());

const some = worldsOf(3, 15);
/** Another number replays other worlds; fast-check prints the one of a failure. */
const seed = Number(process.env.WORLD_SEED ?? 20_260_302 + some.first);
const runs = Number(process.env.WORLDS ?? some.worlds);

it('random small worlds, several in a store, leave equal tables on DuckDB and on PostgreSQL, and break no invariant', async () => {
  let sent = 0;
  await fc.assert(
    fc.asyncProperty(world, async (one) => {
      await empty(postgres.db);
      // To hand work to other threads costs more than a small world does.
      const embedded = await DuckDb.open(':memory:', { threads: '1' });
      try {
        await Promise.all([live(embedded, one), live(postgres.db, one)]);
        const [here, there] = await Promise.all([dump(embedded, one.model), dump(postgres.db, one.model)]);
        for (const [table, rows] of Object.entries(here)) expect(there[table], table).toEqual(rows);
        await invariants(embedded, one);
        expect((await compare(embedded, one)).differences).toEqual([]);
        sent += here.message?.filter((m) => m.status === 'sent').length ?? 0;
      } finally {
        await embedded.close();
      }
    }),
    { seed, numRuns: runs, endOnFailure: process.env.SHRINK === undefined },
  );
  expect(sent, 'worlds in which nothing is sent prove nothing').toBeGreaterThan(4 * runs);
}, 900_000);

/** Webhooks go to no customer. */
const marketing = (message: string) => sql`${raw(message)}.category = 'marketing' AND ${raw(message)}.channel <> 'crm'`;

/** Leaves out customers who share an address, for what follows is about a customer's own messages. */
const alone = (of: string) => sql`${raw(of)}.customer NOT IN (SELECT customer FROM mailbox WHERE first IS NOT NULL)`;

async function invariants(db: Database, one: World): Promise<void> {
  const none = async (what: string, question: ReturnType<typeof sql>) =>
    expect(await db.query(question), what).toEqual([]);
  await none(
    'an ended enrolment has one reason and an end, an active one has a step and neither',
    sql`SELECT * FROM enrolment WHERE (status = 'ended') <> (reason IS NOT NULL AND ended_at IS NOT NULL)
      OR (status = 'active') <> (step IS NOT NULL)`,
  );
  await none(
    'an enrolment is due while it is active, and keeps that when its campaign is removed',
    sql`SELECT * FROM enrolment WHERE (due_at IS NOT NULL) <> (status = 'active' OR removed_from IS NOT NULL)`,
  );
  await none(
    'nobody is inside a campaign twice',
    sql`
    SELECT customer, campaign FROM enrolment WHERE status = 'active' GROUP BY customer, campaign HAVING count(*) > 1`,
  );
  await none('no message is decided twice', sql`SELECT message FROM message GROUP BY message HAVING count(*) > 1`);
  await none(
    'a webhook is refused only to whom is suppressed',
    sql`SELECT * FROM message WHERE channel = 'crm' AND status = 'suppressed' AND reason NOT IN ('exit-event', 'goal', 'removed', 'suppressed')`,
  );
  const last = instants(one).at(-1) ?? one.start;
  if (one.trouble.at <= last && (one.paused?.[1] ?? 0) <= last)
    await none(
      'nothing is left in the outbox, but of campaigns that their guardrails have paused',
      sql`SELECT * FROM message WHERE status = 'decided' AND campaign NOT IN (SELECT name FROM pause WHERE crossed IS NOT NULL)`,
    );
  await none(
    'a refusal has a reason',
    sql`SELECT * FROM message WHERE (status IN ('sent', 'decided')) = (reason IS NOT NULL)`,
  );
  await none(
    'no marketing without consent at that moment',
    sql`
    SELECT m.message FROM message m WHERE m.status = 'sent' AND ${marketing('m')} AND NOT coalesce((
      SELECT granted FROM consent k WHERE k.customer = m.customer AND k.channel = m.channel AND k."at" <= m.decided_at
      ORDER BY k."at" DESC, granted LIMIT 1), FALSE)`,
  );
  const [holdout] = one.model.holdouts;
  if (holdout) {
    const bucket = db.dialect.bucket(sql`concat('holdout/', ${holdout.salt}::text, '/', c.id)`);
    await none(
      'no marketing to who is held out',
      sql`
      SELECT m.message FROM message m JOIN customer c ON c.customer = m.customer
      WHERE m.status = 'sent' AND ${marketing('m')} AND ${alone('m')} AND ${bucket} < ${holdout.share / 10_000}`,
    );
  }
  const quiet = one.model.policies.quietHours;
  if (quiet) {
    const clock = sql`(m.decided_at + z.shift) % 86400000 / 60000`;
    const inside =
      quiet.from > quiet.to
        ? sql`(${clock} >= ${quiet.from} OR ${clock} < ${quiet.to})`
        : sql`(${clock} >= ${quiet.from} AND ${clock} < ${quiet.to})`;
    await none(
      "no marketing inside the recipient's quiet hours",
      sql`
      SELECT m.message FROM message m JOIN customer c ON c.customer = m.customer
      JOIN tz_offset z ON z.zone = coalesce(c.zone, ${one.model.project.timezone})
        AND z.from_at <= m.decided_at AND m.decided_at < z.to_at
      WHERE m.status = 'sent' AND ${marketing('m')} AND ${inside}`,
    );
  }
  // A message that is put back is not held against caps again.
  for (const cap of one.removed ? [] : one.model.policies.caps) {
    const concerned = (m: string) => sql`${marketing(m)}
      ${cap.channel ? sql`AND ${raw(m)}.channel = ${cap.channel}` : sql``}
      ${cap.campaign ? sql`AND ${raw(m)}.campaign = ${cap.campaign}` : sql``}`;
    const date = (m: string) => db.dialect.divided(sql`(${raw(m)}.decided_at + z${raw(m)}.shift)`, sql`86400000`);
    const home = one.model.project.timezone;
    const clock = (m: string) => sql`JOIN tz_offset z${raw(m)} ON z${raw(m)}.zone = coalesce(c.zone, ${home})
      AND z${raw(m)}.from_at <= ${raw(m)}.decided_at AND ${raw(m)}.decided_at < z${raw(m)}.to_at`;
    const window =
      cap.per === 'calendar day'
        ? sql`${date('b')} = ${date('a')}`
        : sql`b.decided_at > a.decided_at - ${cap.per}::bigint`;
    // Also what was cancelled later on.
    const counted = sql`(b.status IN ('sent', 'decided') OR b.finished_at > b.decided_at)`;
    const before = sql`
      SELECT a.message, a.status, a.customer, count(CASE WHEN b.status = 'sent' THEN 1 END) AS n, count(b.message) AS ever
      FROM message a JOIN customer c ON c.customer = a.customer ${clock('a')}
      LEFT JOIN (message b ${sql`JOIN customer c ON c.customer = b.customer`} ${clock('b')})
        ON b.customer = a.customer AND ${counted} AND ${concerned('b')} AND b.decided_at <= a.decided_at AND ${window}
      WHERE ${concerned('a')} AND (a.status = 'sent' OR a.reason = ${`cap:${cap.name}`})
      GROUP BY a.message, a.status, a.customer`;
    await none(
      `cap ${cap.name} holds over any window`,
      sql`SELECT * FROM (${before}) w WHERE status = 'sent' AND n > ${cap.max}`,
    );
    await none(
      `cap ${cap.name} refuses only when it is full`,
      sql`SELECT * FROM (${before}) w WHERE status <> 'sent' AND ${alone('w')} AND ever < ${cap.max}`,
    );
  }
}
