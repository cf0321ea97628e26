import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import { onEveryStore } from '../../test/stores.ts';
import { day, hour } from '../../test/world.ts';
import { compile } from '../compile/compile.ts';
import { applyProgram } from '../deploy/apply.ts';
import { moveCursor } from '../store/cursor.ts';
import type { Database } from '../store/database.ts';
import type { KeptForecast } from './kept-forecast.ts';
import { sinceApply } from './since-apply.ts';
import { shop } from './world.fixture.ts';

const at = Date.UTC(2026, 2, 2, 10);
const delta = (after: number) => ({ before: null, after });
const none = delta(0);
const of = { campaign: 'cart', channel: 'email' };
const forecast: KeptForecast = {
  from: at,
  to: at + 7 * day,
  sends: [{ ...of, day: delta(10), dayCost: none, week: delta(70), weekCost: none }],
  entries: [{ campaign: 'cart', ...delta(70) }],
  details: {
    days: [{ ...of, before: null, after: Array(7).fill(10) }],
    refusals: [{ ...of, reason: 'cap:daily', ...delta(7) }],
  },
};

onEveryStore('what was sent since an apply', (open) => {
  const applied = async (appliedAt = at) => {
    const db = await open();
    await applyProgram(db, {
      program: compile(shop()),
      at: appliedAt,
      lineage: 'one',
      forecast: JSON.stringify(forecast),
    });
    await moveCursor(db, 'tick', at + 2 * day + hour);
    return db;
  };

  async function message(db: Database, when: number, status: string, reason: string | null = null): Promise<void> {
    const [row] = await db.query<{ n: number }>(sql`SELECT count(*) AS n FROM message`);
    await db.run(sql`
      INSERT INTO message (message, campaign, channel, status, reason, decided_at)
      VALUES (${`m${row?.n}`}, 'cart', 'email', ${status}, ${reason}, ${when}::bigint)`);
  }

  it('is compared with what the forecast has of these days, and explained', async () => {
    const db = await applied();
    for (let i = 0; i < 5; i++) await message(db, at + i * hour, 'sent');
    for (let i = 0; i < 12; i++) await message(db, at + day, 'suppressed', 'cap:daily');
    for (let i = 0; i < 2; i++) await message(db, at + day, 'suppressed', 'no-consent');
    await message(db, at + day, 'decided');
    await message(db, at + 2 * day, 'sent', null);
    await db.run(
      sql`INSERT INTO message_event (seq, id, message, customer, kind, "at") VALUES (1, 'b', 'm0', 1, 'bounced', ${at}::bigint)`,
    );
    const found = await sinceApply(db, undefined, at + 3 * day);
    expect(found).toMatchObject({
      serial: 1,
      from: at,
      to: at + 2 * day,
      days: 2,
      of: 7,
      end: 'tick',
      sends: [
        {
          campaign: 'cart',
          channel: 'email',
          whole: 70,
          actual: 5,
          low: 13,
          causes: [
            { what: 'messages', status: 'suppressed', reason: 'cap:daily', actual: 12, more: 10 },
            { what: 'messages', status: 'suppressed', reason: 'no-consent', actual: 2, more: 2 },
            { what: 'messages', status: 'decided', reason: null, actual: 1, more: 1 },
            { what: 'bounced', actual: 1, more: 1 },
          ],
        },
      ],
      entries: [{ campaign: 'cart', whole: 70, actual: 0 }],
    });
  });

  it('has a campaign of which the forecast knew nothing, the furthest first', async () => {
    const db = await applied();
    for (let i = 0; i < 20; i++) await message(db, at + i * hour, 'sent');
    await db.run(sql`UPDATE message SET campaign = 'more'`);
    const found = await sinceApply(db, 1, at + 3 * day);
    expect(found).toMatchObject({
      sends: [
        { campaign: 'more', whole: 0, low: 0, high: 0, actual: 20, causes: [] },
        { campaign: 'cart', actual: 0 },
      ],
    });
  });

  it('leaves out the days that had begun at an apply long after the plan', async () => {
    const db = await applied(at + 2 * hour);
    expect(await sinceApply(db, 1, at + 3 * day)).toMatchObject({ from: at + day, to: at + 2 * day, days: 1 });
    const late = await applied(at + 25 * hour);
    expect(await sinceApply(late, 1, at + 3 * day)).toEqual({ reason: 'other-days', serial: 1 });
  });
});
