import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import type { Campaign, InFlightRule, Step } from '../../spec/model/campaign.ts';
import { begin, carryOn, enrolments, messages } from '../../test/drive.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, day, events, feedback, hour, people, program } from '../../test/world.ts';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { runTick } from '../tick/run-tick.ts';
import { applyProgram } from './apply.ts';
import { keepIds } from './keep-ids.ts';
import { stuckInside } from './move-inside.ts';

const start = Date.UTC(2026, 2, 2, 10);
const wait = (id: string, hours: number): Step => ({ kind: 'wait', id, ms: hours * hour });
const send = (id: string, template = 'cart'): Step => ({ kind: 'send', id, channel: 'email', template });
const bought = (id: string, hours: number): Step => ({
  ...{ kind: 'await', id, event: 'order_paid', within: hours * hour },
  ...{ then: [{ kind: 'exit', id: 'yes', reason: 'yes' }], else: [{ kind: 'exit', id: 'no', reason: 'no' }] },
});
const shop = (steps: Step[], part: Partial<Campaign> = {}) => program({ campaigns: [campaign({ steps, ...part })] });
const ruled = (inFlight: InFlightRule, steps: Step[], part: Partial<Campaign> = {}) =>
  shop(steps, { inFlight, ...part });

const promo = { name: 'promo', kind: 'email', address: 'email', transport: { kind: 'console' }, price: 0 } as const;
/** The same Program with a channel to which nobody has agreed. */
const withPromo = (one: Program) =>
  ({ ...one, channels: [...program().channels.map(({ hash: _, ...own }) => own), promo] }) as Program;

/** `c1` enters at the start. After an hour another version is applied, and ticks go on by it. Returns what became of all. */
async function changed(
  open: () => Promise<Database>,
  before: Program,
  desired: Program,
  { meanwhile, at = hour }: { meanwhile?: (db: Database) => Promise<void>; at?: number } = {},
) {
  const db = await begin(open, before, start);
  await people(db, [{ id: 'c1' }]);
  await events(db, 'cart_updated', [{ id: 'e1', customer: 'c1', at: start }]);
  await carryOn(db, before, start, start + at);
  const after = keepIds(desired, before);
  await applyProgram(db, { program: after, at: start + at, lineage: 'test' });
  await meanwhile?.(db);
  await carryOn(db, after, start + at, start + 9 * day);
  const ids = await db.query<{ message: string }>(sql`SELECT message FROM message`);
  expect(new Set(ids.map(({ message }) => message)).size, 'no message twice').toBe(ids.length);
  return { enrolments: await enrolments(db, start), messages: await messages(db, start), db };
}

const first = [wait('w', 2), send('one'), wait('v', 4), send('two')];

onEveryStore('customers inside an earlier version', (open) => {
  it('finish on it unless the campaign says otherwise', async () => {
    const { messages } = await changed(open, shop(first), shop([wait('w', 9), send('other')]));
    expect(messages).toEqual(['+120m c1 one email sent', '+360m c1 two email sent']);
  });

  it('migrate to the same step, with the timer that runs', async () => {
    const after = ruled('migrate', [wait('w', 9), send('one'), send('new')]);
    const { enrolments, messages } = await changed(open, shop(first), after);
    expect(messages).toEqual(['+120m c1 new email sent', '+120m c1 one email sent']);
    expect(enrolments).toEqual(['+0m c1 cart completed +120m']);
  });

  it('wait by the new time where it is recomputed, and go on at once if that is over', async () => {
    const longer = ruled('migrate recompute', [wait('w', 9), send('one')]);
    expect((await changed(open, shop(first), longer)).messages).toEqual(['+540m c1 one email sent']);
    const shorter = ruled('migrate recompute', [{ kind: 'wait', id: 'w', ms: hour / 2 }, send('one')]);
    expect((await changed(open, shop(first), shorter)).messages).toEqual(['+60m c1 one email sent']);
  });

  it('migrate to the step that `moved` names, and get no message of a step that has another id now', async () => {
    // `one` was sent at the beginning, and comes again behind the wait under another id.
    const before = shop([send('one'), wait('w', 4), send('two')]);
    const after = ruled('migrate', [wait('pause', 4), send('uno'), send('two')], {
      moved: [
        { from: 'w', to: 'pause' },
        { from: 'one', to: 'uno' },
      ],
    });
    const { messages } = await changed(open, before, after);
    expect(messages).toEqual(['+0m c1 uno email sent', '+240m c1 two email sent']);
  });

  it('get no message twice where steps have changed places, also in the stages of a cascade', async () => {
    const stage = (channel: string, within?: number) => ({
      ...{ id: `c-${channel}`, channel, template: 'cart' },
      ...(within && { until: 'opened' as const, within: within * hour }),
    });
    const before = shop([{ kind: 'cascade', id: 'c', stages: [stage('email', 2), stage('sms')] }]);
    const other = [stage('sms', 2), stage('email', 2), stage('promo')];
    const after = ruled('migrate', [wait('never', 0), { kind: 'cascade', id: 'c', stages: other }]);
    const [old, now] = [before, after].map(withPromo) as [Program, Program];
    const { messages } = await changed(open, old, now);
    expect(messages).toEqual(['+0m c1 c-email email sent', '+120m c1 c-promo promo no-consent']);
  });

  it('get no message twice where the stages of a cascade, which are called by their channels, have changed places', async () => {
    const stage = (channel: string, within?: number) => ({
      ...{ id: `c.${channel}`, channel, template: 'cart' },
      ...(within && { until: 'opened' as const, within: within * hour }),
    });
    const before = shop([{ kind: 'cascade', id: 'c', stages: [stage('email', 2), stage('sms', 4), stage('promo')] }]);
    const other = [stage('email', 2), stage('promo', 4), stage('sms')];
    const after = ruled('migrate', [{ kind: 'cascade', id: 'c', stages: other }, send('end')]);
    const { messages } = await changed(open, withPromo(before), withPromo(after), { at: 3 * hour });
    expect(messages).toEqual(['+0m c1 c.email email sent', '+120m c1 c.sms sms sent', '+360m c1 end email sent']);
  });

  it('get no message twice where one that is refused leads to one that was sent', async () => {
    const stage = (channel: string) => ({ id: `c-${channel}`, channel, template: 'cart' });
    const answered = { ...stage('email'), until: 'opened' as const, within: 2 * hour };
    const before = shop([{ kind: 'cascade', id: 'c', stages: [answered, stage('sms')] }, wait('w', 4)]);
    const refused = { ...stage('promo'), until: 'opened' as const, within: 2 * hour };
    const stages = [refused, answered, stage('sms')];
    const after = ruled('migrate', [wait('w', 4), { kind: 'cascade', id: 'c', stages }]);
    const { messages } = await changed(open, withPromo(before), withPromo(after), { at: 3 * hour });
    expect(messages).toEqual([
      '+0m c1 c-email email sent',
      '+120m c1 c-sms sms sent',
      '+360m c1 c-promo promo no-consent',
    ]);
  });

  it('go on waiting for an event from when they began to, to the end that was set', async () => {
    const paidAt = (at: number) => async (db: Database) =>
      events(db, 'order_paid', [{ customer: 'c1', at: start + at }]);
    const before = shop([wait('w', 1), bought('a', 4)]);
    const longer = ruled('migrate', [wait('w', 1), bought('a', 10)]);
    const run = async (at: number) =>
      (await changed(open, before, longer, { at: 2 * hour, meanwhile: paidAt(at) })).enrolments;
    expect(await run(hour / 2), 'before the wait').toEqual(['+0m c1 cart no +300m']);
    expect(await run(4 * hour)).toEqual(['+0m c1 cart yes +240m']);
    expect(await run(6 * hour), 'after the end').toEqual(['+0m c1 cart no +300m']);
    const later = ruled('migrate recompute', [wait('w', 1), bought('a', 10)]);
    const { enrolments } = await changed(open, before, later, { at: 2 * hour, meanwhile: paidAt(6 * hour) });
    expect(enrolments).toEqual(['+0m c1 cart yes +360m']);
  });

  it('have answers to their messages counted after a move', async () => {
    const stages = (template: string): Step => ({
      kind: 'cascade',
      id: 'c',
      stages: [
        { id: 'c-email', channel: 'email', template, until: 'opened', within: 4 * hour },
        { id: 'c-sms', channel: 'sms', template: 'cart' },
      ],
    });
    const answer = async (db: Database) => {
      const [row] = await db.query<{ message: string }>(sql`SELECT message FROM message`);
      await feedback(db, [[row?.message ?? '', 'opened', start + 2 * hour]]);
    };
    const { messages } = await changed(open, shop([stages('cart')]), ruled('migrate', [stages('cart'), send('end')]), {
      meanwhile: answer,
    });
    expect(messages).toEqual(['+0m c1 c-email email sent', '+120m c1 end email sent']);
  });

  it('follow to the next step that is left where theirs is gone, and leave where there is none', async () => {
    const shorter = ruled('follow', [send('one'), wait('v', 4), send('two')]);
    expect((await changed(open, shop(first), shorter)).messages).toEqual([
      '+60m c1 one email sent',
      '+300m c1 two email sent',
    ]);
    const other = await changed(open, shop(first), ruled('follow', [send('new')]));
    expect(other).toMatchObject({ enrolments: ['+0m c1 cart replaced +60m'], messages: [] });
    const kind = await changed(open, shop(first), ruled('follow', [send('w'), send('two')]));
    expect(kind.messages).toEqual(['+60m c1 two email sent', '+60m c1 w email sent']);
  });

  it('leave where the campaign says so, and their messages that wait are cancelled', async () => {
    const before = shop([send('one'), wait('w', 4), send('two')]);
    const db = await begin(open, before, start);
    await people(db, [{ id: 'c1' }]);
    await events(db, 'cart_updated', [{ customer: 'c1', at: start }]);
    await runTick(db, before, start, 'test');
    const after = ruled('exit', [wait('w', 4), send('two')]);
    await applyProgram(db, { program: after, at: start + hour, lineage: 'test' });
    expect(await enrolments(db, start)).toEqual(['+0m c1 cart replaced +60m']);
    expect(await messages(db, start)).toEqual(['+0m c1 one email replaced']);
    await carryOn(db, after, start + hour, start + day);
    expect(await messages(db, start)).toHaveLength(1);
  });

  it('leave with the messages of journeys that have ended and have not left', async () => {
    const before = shop([send('one')]);
    const db = await begin(open, before, start);
    await people(db, [{ id: 'c1' }]);
    await events(db, 'cart_updated', [{ customer: 'c1', at: start }]);
    await runTick(db, before, start, 'test');
    await applyProgram(db, { program: ruled('exit', [send('two')]), at: start + hour, lineage: 'test' });
    expect(await enrolments(db, start)).toEqual(['+0m c1 cart completed +0m']);
    expect(await messages(db, start)).toEqual(['+0m c1 one email replaced']);
  });

  it('whom quiet hours keep at a send move too, and have been held since they came to it', async () => {
    const quietHours = { from: 9 * 60, to: 15 * 60, otherwise: 'hold', transactional: false } as const;
    const quiet = (one: Program): Program => ({ ...one, policies: { ...one.policies, quietHours } });
    const other: Step = { kind: 'send', id: 'one', channel: 'sms', template: 'cart' };
    const { db } = await changed(open, quiet(shop([send('one')])), quiet(ruled('migrate', [other, send('two')])));
    expect(
      await db.query(sql`SELECT channel, decided_at - ${start}::bigint AS "at", deferred_at - ${start}::bigint AS "since"
        FROM message ORDER BY channel`),
    ).toEqual([
      { channel: 'email', at: 5 * hour, since: null },
      { channel: 'sms', at: 5 * hour, since: 0 },
    ]);
  });

  it('who stand where the new version has no such step are told before an apply, and stay', async () => {
    const before = shop(first);
    const after = ruled('migrate', [wait('v', 4), send('two')]);
    const db = await begin(open, before, start);
    await people(db, [{ id: 'c1' }, { id: 'c2' }]);
    await events(
      db,
      'cart_updated',
      ['c1', 'c2'].map((customer) => ({ customer, at: start })),
    );
    await carryOn(db, before, start, start + hour);
    expect(await stuckInside(db, after)).toEqual([
      { campaign: 'cart', version: before.campaigns[0]?.hash, step: 'w', customers: 2, why: 'gone' },
    ]);
    expect(await stuckInside(db, ruled('follow', [wait('v', 4)]))).toEqual([]);
    const newcomers = ruled('migrate', first, { on: { kind: 'event', event: 'order_paid' } });
    expect(await stuckInside(db, newcomers)).toMatchObject([{ step: 'w', why: 'other-event' }]);
  });

  it('keep the arm that was drawn; those who come to the split later draw by its new shares', async () => {
    const split = (share: number): Step => ({
      kind: 'split',
      id: 'draw',
      arms: [
        { name: 'a', share, control: false, steps: [wait('in-a', 5), send('a')] },
        { name: 'b', share: 10_000 - share, control: false, steps: [wait('in-b', 5), send('b')] },
      ],
    });
    const drawn = await changed(open, shop([split(10_000)]), ruled('migrate', [split(0)]));
    expect(drawn.messages).toEqual(['+300m c1 a email sent']);
    const later = await changed(open, shop([wait('w', 2), split(10_000)]), ruled('migrate', [wait('w', 2), split(0)]));
    expect(later.messages).toEqual(['+420m c1 b email sent']);
  });
});
