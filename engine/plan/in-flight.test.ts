import { expect, it } from 'vitest';
import type { Campaign, InFlightRule, Step } from '../../spec/model/campaign.ts';
import type { Model } from '../../spec/model/model.ts';
import { carryOn, messages } from '../../test/drive.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, events, hour, minute, model, people } from '../../test/world.ts';
import { compile } from '../compile/compile.ts';
import { applyProgram } from '../deploy/apply.ts';
import type { Database } from '../store/database.ts';
import { applyPlan } from './apply-plan.ts';
import { createPlan, readStoreState } from './create-plan.ts';
import type { Plan } from './plan.ts';

const start = Date.UTC(2026, 2, 2, 10);
const wait = (id: string, hours: number): Step => ({ kind: 'wait', id, ms: hours * hour });
const send = (id: string): Step => ({ kind: 'send', id, channel: 'email', template: 'cart' });
const shop = (steps: Step[], part: Partial<Campaign> = {}): Model =>
  model({ campaigns: [campaign({ steps, ...part })] });
const before = shop([wait('w', 2), send('one'), wait('v', 4), send('two')]);
const ruled = (inFlight: InFlightRule, ...steps: Step[]) => shop(steps, { inFlight });

/** `c1` and `c2` are at the first wait since the start, and `c3` since half an hour later; it is an hour later. */
async function begun(open: () => Promise<Database>): Promise<Database> {
  const db = await open();
  await applyProgram(db, { program: compile(before), at: start, lineage: 'test' });
  await people(db, [{ id: 'c1' }, { id: 'c2' }, { id: 'c3' }]);
  const carts = ['c1', 'c2', 'c3'].map((customer, i) => ({ customer, at: start + (i === 2 ? hour / 2 : 0) }));
  await events(db, 'cart_updated', carts);
  await carryOn(db, compile(before), start, start + hour);
  return db;
}

async function planned(db: Database, desired: Model, at = start + hour): Promise<Plan> {
  const store = await readStoreState(db, undefined, { desired, at });
  return createPlan({ desired, store, at, tz: 'test', root: '.' });
}

const steps = ({ effects }: Plan) => effects.inFlight.flatMap((one) => one.steps);
const apply = (db: Database, plan: Plan, desired: Model, at = start + hour) =>
  applyPlan(db, plan, { at, lineage: 'test', who: 'test', model: desired, allow: ['campaign.cart'] });

onEveryStore('a plan with customers inside', (open) => {
  it.each<[string, Model, object]>([
    ['finish', shop([send('new')]), { becomes: 'finishes' }],
    ['move to the same step', ruled('migrate', wait('w', 9)), { becomes: 'moves', to: 'w' }],
    [
      'go on at once by the new time',
      ruled('migrate recompute', wait('w', 1)),
      { becomes: 'moves', to: 'w', atOnce: 2 },
    ],
    ['go on at the next step', ruled('follow', wait('v', 4)), { becomes: 'moves', to: 'v', anew: true, atOnce: 3 }],
    ['leave', ruled('exit', wait('w', 2)), { becomes: 'leaves' }],
    ['cannot move', ruled('migrate', wait('v', 4)), { becomes: 'stuck', why: 'gone' }],
    ['leave with their campaign', model({ campaigns: [] }), { becomes: 'leaves' }],
  ])('says that they %s', async (_, desired, fate) => {
    const db = await begun(open);
    expect(steps(await planned(db, desired))).toEqual([{ step: 'w', customers: 3, ...fate }]);
  });

  it('counts whom the first tick after an apply releases, also where the store has ticked ahead of the clock', async () => {
    const db = await begun(open);
    const desired = ruled('migrate recompute', wait('w', 1 / 2), send('one'));
    const plan = await planned(db, desired, start);
    expect(steps(plan)).toMatchObject([{ step: 'w', customers: 3, atOnce: 2 }]);
    await apply(db, plan, desired, start);
    await carryOn(db, compile(desired), start + 31 * minute, start + 31 * minute + 1);
    expect(await messages(db, start)).toEqual(['+31m c1 one email sent', '+31m c2 one email sent']);
  });

  it('is blocked where somebody cannot move, and names the step and how many stand there', async () => {
    const db = await begun(open);
    const desired = ruled('migrate', wait('v', 4));
    const plan = await planned(db, desired);
    expect(plan.notices.filter(({ level }) => level === 'blocked')).toMatchObject([
      {
        address: 'campaign.cart',
        message: expect.stringMatching(/3 customers stand at step "w" of version \w+, and it has no such step/),
      },
    ]);
    expect(plan.changes[0]).toMatchObject({ class: 'breaking' });
    expect(await apply(db, plan, desired)).toMatchObject({ refusal: { reason: 'blocked' } });
  });

  it('is refused at the apply where customers have come meanwhile to a step that cannot be mapped', async () => {
    const db = await begun(open);
    const desired = ruled('migrate', wait('w', 2), send('one'));
    const plan = await planned(db, desired);
    expect(plan.notices).toEqual([]);
    await carryOn(db, compile(before), start + 2 * hour, start + 2 * hour + 1);
    expect(await apply(db, plan, desired, start + 2 * hour)).toMatchObject({
      refusal: { reason: 'blocked', message: expect.stringContaining('2 customers stand at step "v"') },
    });
  });

  it('is breaking where customers leave, and counts them', async () => {
    const db = await begun(open);
    const [change] = (await planned(db, ruled('exit', wait('w', 3)))).changes;
    expect(change).toMatchObject({ class: 'breaking', reasons: ['3 customers inside it leave at once'] });
  });
});
