import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import type { Campaign } from '../../spec/model/campaign.ts';
import { tickAt } from '../../test/drive.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, day, events, hour, program } from '../../test/world.ts';
import { applyProgram, currentDeployment } from '../deploy/apply.ts';
import { editedInStore } from '../deploy/edited.ts';
import { readBefore, withVersionsBefore } from '../deploy/versions-before.ts';
import { audienceListing, audienceOf } from '../inspect/audience.ts';
import type { Program } from '../program/program.ts';
import { explain } from '../report/explain.ts';
import { status } from '../report/status.ts';
import type { Database } from '../store/database.ts';
import { beginStage } from '../store/rollout-state.ts';
import { watched } from './guardrails.ts';
import { audienceNow } from './launch.ts';
import { below, changeCarts, everybody, shopOf, start } from './rollout.fixture.ts';

const changeRollout = [{ share: 1_000, lasts: day }, { share: 5_000, lasts: 2 * day }, { share: 10_000 }];
const version = (name: string, part: Partial<Campaign> = {}) =>
  program({
    campaigns: [
      campaign({
        reenter: { kind: 'always' },
        changeRollout,
        steps: [{ kind: 'exit', id: 'exit-1', reason: name }],
        ...part,
      }),
    ],
  });

const rest = (share: number) => everybody.filter((id) => !below(share).includes(id)).toSorted();
const those = (share: number) => below(share).toSorted();

/** Applies a program as an apply of its plan does. Returns what runs. */
async function next(db: Database, desired: Program, at: number, rollback = false): Promise<Program> {
  const applied = (await currentDeployment(db))?.program;
  const running = withVersionsBefore(desired, { ...(await readBefore(db, applied, at)), rollback });
  await applyProgram(db, { program: running, at, lineage: 'test' });
  return running;
}

onEveryStore('the rollout of a change', (open) => {
  /** Everybody changes the cart, and the tick of that instant runs. Returns who has gone through which version, by the exit that it has. */
  async function all(db: Database, one: Program, at: number): Promise<Record<string, string[]>> {
    await changeCarts(db, at);
    await tickAt(db, one, at);
    const rows = await db.query<{ id: string; reason: string }>(sql`
      SELECT c.id, e.reason FROM enrolment e JOIN customer c ON c.customer = e.customer WHERE e.entered_at = ${at}::bigint ORDER BY c.id`);
    const found = Map.groupBy(rows, ({ reason }) => reason);
    return Object.fromEntries([...found].map(([reason, these]) => [reason, these.map(({ id }) => id).toSorted()]));
  }

  it('gives the new version to the share of each stage, and the version before to everybody else, until the last stage', async () => {
    const a = version('a');
    const db = await shopOf(open, a);
    expect(await all(db, a, start), 'nothing is before the first version').toEqual({ a: everybody.toSorted() });
    const b = await next(db, version('b'), start + hour);
    expect(await all(db, b, start + 2 * hour)).toEqual({ a: rest(0.1), b: those(0.1) });
    expect(await all(db, b, start + day)).toEqual({ a: rest(0.1), b: those(0.1) });
    expect(await all(db, b, start + day + hour)).toEqual({ a: rest(0.5), b: those(0.5) });
    expect(await all(db, b, start + 3 * day + hour)).toEqual({ b: everybody.toSorted() });
  });

  it('goes on through an apply of something else, begins anew with a further change, and is over with an apply after its last stage', async () => {
    const a = version('a');
    const db = await shopOf(open, a);
    await next(db, version('b'), start);
    const titled = await next(db, version('b', { title: 'B' }), start + day);
    expect(await all(db, titled, start + day)).toEqual({ a: rest(0.5), b: those(0.5) });
    const c = await next(db, version('c'), start + 2 * day);
    expect(await all(db, c, start + 2 * day), 'b is entered no more').toEqual({ a: rest(0.1), c: those(0.1) });
    const back = await next(db, a, start + 2 * day + hour);
    expect(await all(db, back, start + 2 * day + hour)).toEqual({ a: everybody.toSorted() });
    await next(db, version('b'), start + 3 * day);
    await beginStage(db, 'cart', 2, start + 4 * day);
    const over = await next(db, version('b', { title: 'B' }), start + 4 * day);
    expect(over.campaigns[0]?.before).toBeUndefined();
    const d = await next(db, version('d'), start + 5 * day);
    expect(await all(db, d, start + 5 * day)).toEqual({ b: rest(0.1), d: those(0.1) });
  });

  it('is in the stage after the last tick, also where that is ahead of the clock', async () => {
    const a = version('a');
    const db = await shopOf(open, a);
    const one = await next(db, version('b'), start);
    const [cart] = one.campaigns;
    if (!cart) throw new Error('there is one campaign');
    const asked = { campaign: cart, now: start };
    await tickAt(db, one, start + day);
    expect((await audienceOf(db, one, asked)).before?.mayEnter).toBe(rest(0.5).length);
    await tickAt(db, one, start + 3 * day);
    expect((await audienceOf(db, one, asked)).before?.mayEnter).toBe(0);
    expect((await status(db, undefined, start, 1))?.rollouts).toEqual([]);
    const c = await next(db, version('c'), start + hour);
    expect(await all(db, c, start + 3 * day + hour), 'b is over').toEqual({ b: rest(0.1), c: those(0.1) });
  });

  it('ends the journeys of both versions by what had happened before a late entry', async () => {
    const steps = [{ kind: 'wait', id: 'wait-1', ms: 9 * day } as const];
    const on = { kind: 'event', event: 'cart_updated' } as const;
    const exit = [{ event: 'order_paid' }];
    const a = version('a', { steps, exit, on });
    const db = await shopOf(open, a);
    const b = await next(db, version('b', { steps, exit, on, priority: 1 }), start);
    const [few, many] = [those(0.1)[0] ?? '', rest(0.1)[0] ?? ''];
    await events(
      db,
      'order_paid',
      [few, many].map((customer) => ({ customer, at: start + 2 * hour })),
    );
    await tickAt(db, b, start + 3 * hour);
    await changeCarts(db, start + hour, [few, many]);
    await tickAt(db, b, start + 4 * hour);
    const reasons = () =>
      db.query<{ reason: string | null; n: number }>(sql`SELECT reason, count(*) AS n FROM enrolment GROUP BY reason`);
    expect(await reasons()).toEqual([{ reason: 'exit-event', n: 2 }]);
  });

  it('ends at once where its line is removed, and does not begin with a rollback or another trigger', async () => {
    const a = version('a');
    const db = await shopOf(open, a);
    await next(db, version('b'), start);
    const { changeRollout: _, ...without } = campaign({ reenter: { kind: 'always' } });
    const steps = [{ kind: 'exit', id: 'exit-1', reason: 'b' } as const];
    const free = await next(db, program({ campaigns: [{ ...without, steps }] }), start + hour);
    expect(await all(db, free, start + hour)).toEqual({ b: everybody.toSorted() });
    const back = await next(db, a, start + 2 * hour, true);
    expect(await all(db, back, start + 2 * hour)).toEqual({ a: everybody.toSorted() });
    const other = version('c', { on: { kind: 'event', event: 'cart_updated', restart: true } });
    const c = await next(db, other, start + 3 * hour);
    expect(await all(db, c, start + 3 * hour)).toEqual({ c: everybody.toSorted() });
  });

  it('begins a journey anew, by a newer event, on the version that the customer enters then', async () => {
    const on = { kind: 'event', event: 'cart_updated', restart: true } as const;
    const waits = (name: string) => version(name, { on, steps: [{ kind: 'wait', id: name, ms: 9 * day }] });
    const db = await shopOf(open, waits('a'));
    await changeCarts(db, start);
    await tickAt(db, waits('a'), start);
    const b = await next(db, waits('b'), start + hour);
    await changeCarts(db, start + 2 * hour);
    await tickAt(db, b, start + 2 * hour);
    const inside = await db.query<{ id: string; step: string }>(sql`
      SELECT c.id, s.id AS step FROM enrolment e JOIN customer c ON c.customer = e.customer JOIN step s ON s.step = e.step
      WHERE e.entered_at = ${start + 2 * hour}::bigint`);
    const at = (step: string) => inside.filter((row) => row.step === step).map(({ id }) => id);
    expect([at('a').toSorted(), at('b').toSorted()]).toEqual([rest(0.1), those(0.1)]);
  });

  it('is told of: who enters which version, the stages, and who is inside the version before', async () => {
    const steps = [{ kind: 'wait', id: 'wait-1', ms: 9 * day } as const];
    const only = { kind: 'compare', type: 'boolean', op: '==' } as const;
    const name = { kind: 'attribute', type: 'string', name: 'name' } as const;
    const none = { ...only, left: name, right: { kind: 'literal', type: 'string', value: 'nobody' } } as const;
    const db = await shopOf(open, version('a', { steps }));
    const one = await next(db, version('b', { audience: none }), start);
    await tickAt(db, one, start);
    const [cart] = one.campaigns;
    const before = cart?.before?.hash ?? '';
    if (!cart) throw new Error('there is one campaign');
    const asked = { campaign: cart, now: start };
    const [few, many] = [those(0.1), rest(0.1)];
    expect(await audienceOf(db, one, asked), 'nobody is in the audience of the new version').toMatchObject({
      mayEnter: many.length,
      before: { version: before, mayEnter: many.length },
    });
    expect((await audienceNow(db, { program: one, ...asked })).entering).toBe(many.length);
    const listing = await db.query<{ version: string }>((await audienceListing(db, one, asked)).rows);
    expect(new Set(listing.map((row) => row.version))).toEqual(new Set([before]));
    expect((await explain(db, many[0] ?? ''))?.outsideStage).toEqual([
      { campaign: 'cart', share: 1_000, version: before },
    ]);
    expect(await explain(db, few[0] ?? '')).not.toHaveProperty('outsideStage');
    await all(db, one, start + hour);
    const read = await status(db, undefined, start + hour, 1);
    expect(read?.rollouts).toMatchObject([{ campaign: 'cart', change: { version: cart.hash, before } }]);
    expect(read?.campaigns).toMatchObject([{ version: before, current: true, active: many.length }]);
    expect((await status(db, undefined, start + 9 * day, 1))?.campaigns).toMatchObject([{ current: false }]);
    expect(await editedInStore(db)).toEqual([]);
    await db.run(sql`UPDATE deployment SET program = replace(program, 'wait-1', 'wait-2')`);
    expect(await editedInStore(db)).toEqual([{ what: 'program', serial: 2 }]);
  });

  it('has guardrails that count the messages of the new version alone, until the last stage', async () => {
    const guardrails = { limits: { complained: 500 }, minMessages: 5, within: 9 * day };
    const sends = { id: 'send-1', kind: 'send', channel: 'email', template: 't' } as const;
    const db = await shopOf(open, version('a', { steps: [sends] }));
    const one = await next(db, version('b', { guardrails, steps: [sends, { ...sends, id: 'send-2' }] }), start);
    await all(db, one, start + hour);
    const counted = async (now: number) => (await watched(db, one, now)).map(({ messages }) => messages);
    expect(await counted(start + hour)).toEqual([2 * those(0.1).length]);
    expect(await counted(start + 3 * day)).toEqual([2 * those(0.1).length + rest(0.1).length]);
  });
});
