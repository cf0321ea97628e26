import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import type { Campaign } from '../../spec/model/campaign.ts';
import { begin, carryOn, enrolments, messages } from '../../test/drive.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, day, events, feedback, hour, minute, model, people, program } from '../../test/world.ts';
import { createPlan, readStoreState } from '../plan/create-plan.ts';
import type { Database } from '../store/database.ts';
import { runTick } from '../tick/run-tick.ts';
import { applyProgram } from './apply.ts';

const start = Date.UTC(2026, 2, 2, 10);
const paid = { event: 'order_paid' };
const steps: Campaign['steps'] = [
  { kind: 'send', id: 'first', channel: 'email', template: 'cart' },
  { kind: 'wait', id: 'w', ms: 4 * hour },
  { kind: 'send', id: 'last', channel: 'email', template: 'cart' },
];
const shop = (part: Partial<Campaign> = {}) => program({ campaigns: [campaign({ steps, ...part })] });
const none = program({ campaigns: [] });
const apply = (db: Database, what: ReturnType<typeof program>, at: number) =>
  applyProgram(db, { program: what, at, lineage: 'test' });
const cartAt = (customer: string, at: number) => ({ id: `${customer}/${at}`, customer, at });

/** `c1` and `c2` are at the wait from the start; the campaign is removed after an hour. */
async function removed(open: () => Promise<Database>, before: ReturnType<typeof program>): Promise<Database> {
  const db = await begin(open, before, start);
  await people(db, [{ id: 'c1' }, { id: 'c2' }]);
  await events(db, 'cart_updated', [cartAt('c1', start), cartAt('c2', start)]);
  await carryOn(db, before, start, start + hour);
  await apply(db, none, start + hour);
  await carryOn(db, none, start + hour, start + hour + minute);
  return db;
}

onEveryStore('a campaign that is removed and put back', (open) => {
  it('resumes its customers at their steps; no message is sent again, and no customer enters twice', async () => {
    const db = await removed(open, shop());
    expect(await enrolments(db, start)).toEqual(['+0m c1 cart removed +60m', '+0m c2 cart removed +60m']);
    const before = await db.query(sql`SELECT message FROM message ORDER BY message`);
    await apply(db, shop(), start + 2 * hour);
    await events(db, 'cart_updated', [cartAt('c1', start + 3 * hour)]);
    await carryOn(db, shop(), start + 2 * hour, start + day);
    expect(await messages(db, start)).toEqual([
      '+0m c1 first email sent',
      '+0m c2 first email sent',
      '+240m c1 last email sent',
      '+240m c2 last email sent',
    ]);
    expect(await enrolments(db, start)).toEqual(['+0m c1 cart completed +240m', '+0m c2 cart completed +240m']);
    const after = await db.query(sql`SELECT message FROM message WHERE decided_at = ${start}::bigint ORDER BY message`);
    expect(after, 'message ids stay').toEqual(before);
  });

  it('lets those who became due meanwhile go on at the next tick', async () => {
    const db = await removed(open, shop());
    await apply(db, shop(), start + 6 * hour);
    await carryOn(db, shop(), start + 6 * hour, start + day);
    expect((await messages(db, start)).slice(2)).toEqual(['+360m c1 last email sent', '+360m c2 last email sent']);
  });

  it('first ends those whose exit or goal has happened meanwhile', async () => {
    const buyers = shop({ exit: [paid] });
    const db = await removed(open, buyers);
    await events(db, 'order_paid', [{ customer: 'c1', at: start + 2 * hour }]);
    await carryOn(db, none, start + 2 * hour, start + 6 * hour);
    await apply(db, buyers, start + 6 * hour);
    await carryOn(db, buyers, start + 6 * hour, start + day);
    expect(await enrolments(db, start)).toEqual(['+0m c1 cart exit-event +360m', '+0m c2 cart completed +360m']);
    expect((await messages(db, start)).slice(2)).toEqual(['+360m c2 last email sent']);
  });

  it('counts a goal that was reached meanwhile', async () => {
    const goal = shop({ goal: { ...paid, within: 3 * hour } });
    const db = await removed(open, goal);
    await events(db, 'order_paid', [
      { customer: 'c1', at: start + 2 * hour },
      { customer: 'c2', at: start + 5 * hour },
    ]);
    await carryOn(db, none, start + 2 * hour, start + 6 * hour);
    await apply(db, goal, start + 6 * hour);
    await carryOn(db, goal, start + 6 * hour, start + day);
    expect(await enrolments(db, start)).toEqual(['+0m c1 cart goal +360m', '+0m c2 cart completed +360m']);
  });

  it('gives customers what they waited for and got meanwhile', async () => {
    const cascade = shop({
      steps: [
        {
          kind: 'cascade',
          id: 'c',
          stages: [
            { id: 'c.email', channel: 'email', template: 'cart', until: 'opened', within: 8 * hour },
            { id: 'c.sms', channel: 'sms', template: 'cart' },
          ],
        },
        { kind: 'await', id: 'a', ...paid, within: 8 * hour, then: [], else: [] },
      ],
    });
    const waits = shop({
      steps: [
        {
          kind: 'await',
          id: 'a',
          ...paid,
          within: 8 * hour,
          then: [{ kind: 'exit', id: 'bought', reason: 'bought' }],
          else: [{ kind: 'exit', id: 'not', reason: 'not' }],
        },
      ],
    });
    const db = await removed(open, cascade);
    const [opened] = await db.query<{ message: string }>(sql`
      SELECT m.message FROM message m JOIN customer c ON c.customer = m.customer WHERE c.id = 'c1'`);
    await feedback(db, [[opened?.message ?? '', 'opened', start + 2 * hour]]);
    await carryOn(db, none, start + 2 * hour, start + 3 * hour);
    await apply(db, cascade, start + 9 * hour);
    await carryOn(db, cascade, start + 9 * hour, start + 9 * hour + minute);
    expect((await messages(db, start)).slice(2), 'c1 has opened').toEqual(['+540m c2 c.sms sms sent']);

    const other = await removed(open, waits);
    await events(other, 'order_paid', [{ customer: 'c2', at: start + 2 * hour }]);
    await carryOn(other, none, start + 2 * hour, start + 3 * hour);
    await apply(other, waits, start + 9 * hour);
    await carryOn(other, waits, start + 9 * hour, start + day);
    expect(await enrolments(other, start)).toEqual(['+0m c1 cart not +540m', '+0m c2 cart bought +540m']);
  });

  it('restores messages that have not expired, and cascades go on without those that have', async () => {
    const cascade = shop({
      expires: 2 * hour,
      steps: [
        {
          kind: 'cascade',
          id: 'c',
          stages: [
            { id: 'c.email', channel: 'email', template: 'cart', until: 'opened', within: day },
            { id: 'c.sms', channel: 'sms', template: 'cart' },
          ],
        },
      ],
    });
    const db = await begin(open, cascade, start);
    await people(db, [{ id: 'c1' }, { id: 'c2' }]);
    await events(db, 'cart_updated', [cartAt('c1', start), cartAt('c2', start + hour)]);
    await runTick(db, cascade, start, 'test');
    await runTick(db, cascade, start + hour, 'test');
    await apply(db, none, start + hour);
    await apply(db, cascade, start + 150 * minute);
    await runTick(db, cascade, start + 150 * minute, 'test');
    expect(await messages(db, start)).toEqual([
      '+0m c1 c.email email removed',
      '+60m c2 c.email email decided',
      '+150m c1 c.sms sms decided',
    ]);
  });

  it('lets them finish on their own version when it has changed meanwhile', async () => {
    const db = await removed(open, shop());
    const other = shop({
      steps: [{ kind: 'send', id: 'new', channel: 'sms', template: 'cart' }],
      reenter: { kind: 'always' },
    });
    await apply(db, other, start + 2 * hour);
    await events(db, 'cart_updated', [cartAt('c2', start + 2 * hour)]);
    await carryOn(db, other, start + 2 * hour, start + day);
    expect((await messages(db, start)).slice(2)).toEqual(['+240m c1 last email sent', '+240m c2 last email sent']);
  });

  it.each([
    ['too late', shop({ resumeWithin: hour }), 2 * hour],
    ['where it says none', shop({ resumeWithin: 0 }), 0],
  ])('takes nobody up %s, not even when it comes and goes again', async (_, late, after) => {
    const db = await removed(open, late);
    const at = start + hour + after;
    await apply(db, late, at);
    await carryOn(db, late, at, at + minute);
    await apply(db, none, at + 2 * minute);
    await apply(db, late, at + 3 * minute);
    await carryOn(db, late, at + 3 * minute, start + day);
    expect(await enrolments(db, start)).toEqual(['+0m c1 cart removed +60m', '+0m c2 cart removed +60m']);
  });

  it('survives being removed again before any tick has seen it', async () => {
    const db = await removed(open, shop());
    await apply(db, shop(), start + 2 * hour);
    await apply(db, none, start + 2 * hour + minute);
    await apply(db, shop(), start + 3 * hour);
    await carryOn(db, shop(), start + 3 * hour, start + day);
    expect(await enrolments(db, start)).toEqual(['+0m c1 cart completed +240m', '+0m c2 cart completed +240m']);
  });
});

onEveryStore('the plan of a removal and of a return', (open) => {
  it('reports their number', async () => {
    const db = await begin(open, shop(), start);
    await people(db, [{ id: 'c1' }, { id: 'c2' }]);
    await events(db, 'cart_updated', [cartAt('c1', start), cartAt('c2', start)]);
    await carryOn(db, shop(), start, start + hour);
    const plan = async (campaigns: Campaign[], at: number) =>
      createPlan({ desired: model({ campaigns }), store: await readStoreState(db), at, tz: 'test', root: '.' });
    const [leaving] = (await plan([], start + hour)).notices;
    expect(leaving).toMatchObject({
      level: 'reversible',
      message:
        'The campaign cart is removed: 2 customers inside it leave at once, and 0 messages already decided are not sent. Put back within 7 days, it takes them up again where they stood.',
    });
    await apply(db, none, start + hour);
    const until = start + hour + 7 * day;
    expect((await plan([campaign({ steps })], start + 2 * hour)).effects.returning).toEqual([
      { campaign: 'cart', customers: 2, messages: 0, until },
    ]);
    expect((await plan([], start + 2 * hour)).effects.returning).toEqual([]);
  });
});
