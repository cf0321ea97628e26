import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import { begin, carryOn, enrolments } from '../../test/drive.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, day, events, hour, model, people } from '../../test/world.ts';
import { compile } from '../compile/compile.ts';
import { applyPlan } from '../plan/apply-plan.ts';
import { createPlan, readStoreState } from '../plan/create-plan.ts';
import { currentDeployment } from './apply.ts';
import { runnable } from './runnable.ts';

const from = Date.UTC(2026, 2, 2, 9);

onEveryStore('what an earlier version has applied', (open) => {
  it('is not run, but planned against and brought up to date, with everybody inside', async () => {
    const steps = [
      { kind: 'wait' as const, id: 'w', ms: hour },
      { kind: 'until' as const, id: 'u', minuteOfDay: 15 * 60 },
    ];
    const files = model({ campaigns: [campaign({ steps })] });
    const shop = compile(files);
    const db = await begin(open, shop, from);
    await people(db, [{ id: 'c' }]);
    await events(db, 'cart_updated', [{ customer: 'c', at: from }]);
    await carryOn(db, shop, from, from + 1);
    // The shape of a Program before variables, lists and hold-outs were added.
    const { variables: _, holdouts: __, lists: ___, ...older } = { ...shop, format: 1, hash: 'older' };
    await db.run(sql`UPDATE deployment SET hash = 'older', program = ${JSON.stringify(older)}`);

    const applied = await currentDeployment(db);
    expect(() => runnable(applied)).toThrow('an earlier version');
    const plan = await createPlan({ desired: files, store: await readStoreState(db), at: from, tz: 'test', root: '.' });
    expect(plan.changes).toEqual([]);
    expect(await applyPlan(db, plan, { at: from + 1, lineage: 'test', who: 'test', model: files })).toEqual({
      status: 'applied',
      serial: 2,
    });
    expect(runnable(await currentDeployment(db)).serial).toBe(2);
    await carryOn(db, shop, from + hour, from + day);
    expect(await enrolments(db, from)).toEqual(['+0m c cart completed +360m']);
  });
});
