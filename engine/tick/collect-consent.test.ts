import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import { tz } from '../../test/drive.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, consents, events, feedback, minute, people, program } from '../../test/world.ts';
import { settle } from '../data/intake/settle.ts';
import { applyProgram } from '../deploy/apply.ts';
import type { Database } from '../store/database.ts';
import { feedbackBits } from '../store/feedback.ts';
import { collectConsent } from './collect.ts';
import { runTick } from './run-tick.ts';

const start = Date.UTC(2026, 2, 2, 10);
const p = program({ campaigns: [campaign()] });

/** A store in which c1 has been sent a message; returns its id. */
async function withMessage(db: Database): Promise<string> {
  await applyProgram(db, { program: p, at: start, lineage: 'test' });
  await people(db, [{ id: 'c1' }]);
  await events(db, 'cart_updated', [{ customer: 'c1', at: start }]);
  await runTick(db, p, start, tz);
  const [row] = await db.query<{ message: string }>(sql`SELECT message FROM message WHERE status = 'decided'`);
  return row?.message ?? '';
}

const between = (db: Database, now: number) => db.transaction((tx) => collectConsent(tx, p, now));
async function suppressed(db: Database, customer: string, at: number): Promise<void> {
  const text = (name: string) => ({ name, type: 'text' as const });
  await db.load(
    'inbox_suppression',
    [text('id'), text('customer'), text('channel'), text('reason'), { name: 'at', type: 'bigint' }],
    [{ id: `s-${customer}-${at}`, customer, channel: '*', reason: 'asked', at }],
  );
  await settle(db, p.data);
}
const channels = async (db: Database) =>
  (await db.query<{ channel: string }>(sql`SELECT channel FROM subscription ORDER BY channel`)).map(
    (row) => row.channel,
  );

onEveryStore('between two ticks', (open) => {
  it('a withdrawal counts at once, a future one does not', async () => {
    const db = await open();
    await withMessage(db);
    await consents(db, [
      ['c1', 'email', false, start + 1000],
      ['c1', 'sms', false, start + 9000],
    ]);
    await between(db, start + 2000);
    expect(await channels(db)).toEqual(['sms']);
  });

  it('an unsubscription counts at once, and the tick still sees it as feedback, once', async () => {
    const db = await open();
    const message = await withMessage(db);
    await feedback(db, [
      [message, 'unsubscribed', start + 1000],
      [message, 'complained', start + 1000],
    ]);
    await between(db, start + 2000);
    await between(db, start + 3000);
    expect(await channels(db)).toEqual(['sms']);
    expect(await db.query(sql`SELECT channel, reason FROM suppression`)).toEqual([
      { channel: 'email', reason: 'complained' },
    ]);
    await runTick(db, p, start + minute, tz);
    expect(await db.query(sql`SELECT kind FROM message_event ORDER BY kind`)).toEqual([
      { kind: 'complained' },
      { kind: 'unsubscribed' },
    ]);
    const { complained, unsubscribed } = feedbackBits;
    expect(await db.query(sql`SELECT feedback FROM message`)).toEqual([{ feedback: complained | unsubscribed }]);
    expect(await db.query(sql`SELECT id FROM consent WHERE NOT granted`)).toHaveLength(2);
    expect(await db.query(sql`SELECT id FROM suppression`)).toHaveLength(1);
  });

  it('a customer who is new and named twice is one customer', async () => {
    const db = await open();
    await applyProgram(db, { program: p, at: start, lineage: 'test' });
    await consents(db, [
      ['c9', 'email', true, start],
      ['c9', 'sms', true, start],
    ]);
    await between(db, start + 1000);
    await events(db, 'cart_updated', [
      { customer: 'c8', at: start },
      { customer: 'c8', at: start + 1 },
    ]);
    await runTick(db, p, start + minute, tz);
    expect(await db.query(sql`SELECT id, customer FROM identity ORDER BY id`)).toEqual([
      { id: 'c8', customer: 2 },
      { id: 'c9', customer: 1 },
    ]);
  });
});

onEveryStore('a refusal by an id that is nobody’s at its instant', (open) => {
  it.each([
    ['in a tick of its own', [1, 60, 121]],
    ['in the tick that makes the id a customer’s', [60, 121]],
  ])('counts for a later customer who has it in another spelling, collected %s', async (_, ticks) => {
    const db = await open();
    await applyProgram(db, { program: p, at: start, lineage: 'test' });
    await runTick(db, p, start, tz);
    await consents(db, [['c7', 'email', false, start + minute]]);
    await suppressed(db, 'c7', start + minute);
    await events(db, 'cart_updated', [
      { customer: 'c7', at: start + 60 * minute },
      { customer: 'C7', at: start + 120 * minute },
    ]);
    for (const at of ticks) await runTick(db, p, start + at * minute, tz);
    const named = sql`JOIN customer c ON c.customer = x.customer ORDER BY c.id`;
    expect(await db.query(sql`SELECT c.id, x.channel FROM suppression x ${named}`)).toEqual([
      { id: 'C7', channel: '*' },
      { id: 'c7', channel: '*' },
    ]);
    expect(await db.query(sql`SELECT c.id, x.channel, x.granted FROM consent x ${named}`)).toEqual([
      { id: 'C7', channel: 'email', granted: false },
      { id: 'c7', channel: 'email', granted: false },
    ]);
  });

  it('counts for nobody else where the id was a customer’s by then', async () => {
    const db = await open();
    await applyProgram(db, { program: p, at: start, lineage: 'test' });
    await runTick(db, p, start, tz);
    await suppressed(db, 'c7', start + 90 * minute);
    await events(db, 'cart_updated', [
      { customer: 'c7', at: start + 60 * minute },
      { customer: 'C7', at: start + 120 * minute },
    ]);
    for (const at of [100, 121]) await runTick(db, p, start + at * minute, tz);
    expect(await db.query(sql`SELECT c.id FROM suppression x JOIN customer c ON c.customer = x.customer`)).toEqual([
      { id: 'c7' },
    ]);
  });
});
