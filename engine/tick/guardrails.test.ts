import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import type { Campaign, Guardrails } from '../../spec/model/campaign.ts';
import { enrolments } from '../../test/drive.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, day, hour, program } from '../../test/world.ts';
import { applyProgram } from '../deploy/apply.ts';
import { deliver } from '../dry-run/simulate/deliver.ts';
import type { Program } from '../program/program.ts';
import { readAudit } from '../store/audit.ts';
import { readCursors } from '../store/cursor.ts';
import type { Database } from '../store/database.ts';
import { readDelays } from '../store/delays.ts';
import { readPauses, resume } from '../store/pauses.ts';
import { beginStage, rolloutState, stageAt } from '../store/rollout-state.ts';
import { type GuardedPause, judgeGuardrails, watched } from './guardrails.ts';
import { below, changeCarts, everybody, shopOf, start } from './rollout.fixture.ts';
import { runTick } from './run-tick.ts';

const limits = (one: Guardrails['limits'], minMessages = 5): Guardrails => ({
  limits: one,
  minMessages,
  within: 2 * day,
});
const world = (part: Partial<Campaign>) =>
  program({ campaigns: [campaign({ reenter: { kind: 'always' }, ...part }), campaign({ name: 'other' })] });

onEveryStore('guardrails', (open) => {
  const shop = (one: Program) => shopOf(open, one);

  /** Has these customers change the cart; the tick of that instant judges and sends at once. */
  async function cart(db: Database, one: Program, at: number, ids = everybody): Promise<GuardedPause[]> {
    await changeCarts(db, at, ids);
    let paused: GuardedPause[] = [];
    const after = async (tx: Database) => {
      paused = await judgeGuardrails(tx, one, { at, now: at + 1 });
    };
    await runTick(db, one, at, 'test', undefined, { after });
    await deliver(db, { now: at, seed: 'test', engagement: {} });
    return paused;
  }

  /** Adds the feedback, twice each, to the last `n` messages of the campaign. */
  async function feedback(db: Database, kind: string, n: number, at: number): Promise<void> {
    await db.run(sql`
      INSERT INTO inbox_feedback (id, message, kind, "at")
      SELECT concat(${kind}::text, '/', m.message, '/', c.copy), m.message, ${kind}::text, ${at}::bigint
      FROM (SELECT message FROM message WHERE campaign = 'cart' AND status = 'sent' ORDER BY finished_at DESC, message LIMIT ${n}) m,
        (VALUES (1), (2)) c (copy)`);
  }

  const counts = async (db: Database, one: Program, at: number) =>
    (await watched(db, one, at)).map(({ campaign: name, guardrails: _, ...rest }) => ({ name, ...rest }));

  it('pause a campaign whose share of feedback is above a limit, count a message once, and write it into the audit log', async () => {
    const one = world({ guardrails: limits({ complained: 500, unsubscribed: 9_000, bounced: 1_000 }) });
    const db = await shop(one);
    await cart(db, one, start);
    await feedback(db, 'complained', 2, start + hour);
    expect(await cart(db, one, start + hour, [])).toEqual([]);
    expect(await counts(db, one, start + hour)).toEqual([
      { name: 'cart', messages: 40, unsubscribed: 0, complained: 2, bounced: 0 },
    ]);
    await feedback(db, 'complained', 3, start + 2 * hour);
    await db.run(sql`UPDATE message SET status = 'failed', reason = 'bounced' WHERE message IN (
      SELECT message FROM message WHERE campaign = 'cart' ORDER BY message DESC LIMIT 5)`);
    const crossed = [
      { feedback: 'complained', count: 3, messages: 40, limit: 500 },
      { feedback: 'bounced', count: 5, messages: 40, limit: 1_000 },
    ];
    expect(await cart(db, one, start + 2 * hour, [])).toEqual([{ campaign: 'cart', crossed }]);
    expect(await readPauses(db)).toEqual([{ kind: 'campaign', name: 'cart', since: start + 2 * hour + 1, crossed }]);
    expect(await readAudit(db)).toMatchObject([
      { who: 'guardrails', what: 'pause', facts: { name: 'cart', complained: '3 of 40', bounced: '5 of 40' } },
    ]);
    expect(await cart(db, one, start + 3 * hour, [])).toEqual([]);
  });

  it('judge nothing of fewer messages, nor of those that left before their time', async () => {
    const one = world({ guardrails: limits({ unsubscribed: 0 }, 41) });
    const db = await shop(one);
    await cart(db, one, start);
    await feedback(db, 'unsubscribed', 9, start + 1);
    expect(await cart(db, one, start + hour, [])).toEqual([]);
    expect(await cart(db, one, start + 2 * hour, everybody.slice(20))).toEqual([]);
    expect(await counts(db, one, start + 2 * day)).toEqual([
      { name: 'cart', messages: expect.any(Number), unsubscribed: 0, complained: 0, bounced: 0 },
    ]);
    const [before] = await cart(db, one, start + 2 * day - hour, []);
    expect(before?.crossed).toMatchObject([{ count: 9 }]);
  });

  it('count anew from the resumption on, and hold the stage of a rollout, which then begins again', async () => {
    const rollout = [{ share: 1_000, lasts: day }, { share: 5_000, lasts: day }, { share: 10_000 }];
    const one = world({ rollout, guardrails: limits({ complained: 0 }, 1) });
    const db = await shop(one);
    await cart(db, one, start);
    await feedback(db, 'complained', 1, start + hour);
    expect(await cart(db, one, start + day, [])).toHaveLength(1);
    const entering = async (at: number) => {
      const paused = await cart(db, one, at);
      const found = (await enrolments(db, at)).filter((text) => /^\+0m \S+ cart /.test(text));
      return { paused: paused.length, entered: found.map((text) => text.split(' ')[1] ?? '').toSorted() };
    };
    expect(await entering(start + 5 * day)).toEqual({ paused: 0, entered: below(0.5).toSorted() });
    const back = start + 6 * day;
    await resume(db, { kind: 'all', name: '' }, back);
    expect(await entering(back + hour)).toMatchObject({ paused: 0 });
    expect(await counts(db, one, back + hour)).toMatchObject([{ complained: 0 }]);
    expect((await entering(back + day - hour)).entered).toEqual(below(0.5).toSorted());
    expect((await entering(back + day)).entered).toEqual(everybody.toSorted());
    expect(await readDelays(db)).toMatchObject([{ name: 'cart', until: back, crossed: [{ feedback: 'complained' }] }]);
  });

  it('do not hold a stage that was promoted after the resumption', async () => {
    const one = world({ rollout: [{ share: 1_000 }, { share: 10_000 }], guardrails: limits({ complained: 0 }, 1) });
    const db = await shop(one);
    await cart(db, one, start);
    await feedback(db, 'complained', 1, start + hour);
    expect(await cart(db, one, start + hour, [])).toHaveLength(1);
    await resume(db, { kind: 'campaign', name: 'cart' }, start + 2 * hour);
    await beginStage(db, 'cart', 1, start + 2 * hour);
    await cart(db, one, start + 3 * hour);
    expect((await enrolments(db, start + 3 * hour)).filter((text) => /^\+0m \S+ cart /.test(text))).toHaveLength(40);
  });

  it('count nothing from before the resumption, also if a tick was ahead of the clock', async () => {
    const one = world({ guardrails: limits({ complained: 0 }, 1) });
    const db = await shop(one);
    await cart(db, one, start);
    await feedback(db, 'complained', 1, start + hour);
    expect(await cart(db, one, start + hour, [])).toHaveLength(1);
    await resume(db, { kind: 'campaign', name: 'cart' }, start - hour);
    expect(await cart(db, one, start + 2 * hour, [])).toEqual([]);
  });

  it('hold the stages that an apply gives to a campaign that they have paused', async () => {
    const staged = (lasts: number) =>
      world({ rollout: [{ share: 1_000, lasts }, { share: 10_000 }], guardrails: limits({ complained: 0 }, 1) });
    const one = staged(day);
    const db = await shop(one);
    await cart(db, one, start);
    await feedback(db, 'complained', 1, start + hour);
    expect(await cart(db, one, start + hour, [])).toHaveLength(1);
    const quicker = staged(hour);
    await applyProgram(db, { program: quicker, at: start + 2 * hour, lineage: 'test' });
    const stage = async (at: number) =>
      stageAt([{ share: 1_000, lasts: hour }, { share: 10_000 }], rolloutState(await readCursors(db), 'cart'), at);
    expect(await stage(start + 2 * day)).toBe(0);
    await resume(db, { kind: 'campaign', name: 'cart' }, start + 2 * day);
    expect(await stage(start + 2 * day)).toBe(0);
    expect(await stage(start + 2 * day + hour + 1)).toBe(1);
  });

  it('leave a campaign alone that is paused by hand, and judge it when it is resumed', async () => {
    const one = world({ guardrails: limits({ complained: 0 }, 1) });
    const db = await shop(one);
    await cart(db, one, start);
    await feedback(db, 'complained', 1, start + hour);
    await db.run(sql`INSERT INTO pause (kind, name, since) VALUES ('all', '', ${start})`);
    expect(await cart(db, one, start + hour, [])).toEqual([]);
    await resume(db, { kind: 'all', name: '' }, start + hour);
    expect(await cart(db, one, start + 2 * hour, [])).toHaveLength(1);
  });
});
