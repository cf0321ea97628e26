import { expect, it } from 'vitest';
import type { Campaign } from '../../spec/model/campaign.ts';
import { enrolments, tickAt } from '../../test/drive.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, day, hour, program } from '../../test/world.ts';
import { applyProgram } from '../deploy/apply.ts';
import { audienceOf } from '../inspect/audience.ts';
import type { Program } from '../program/program.ts';
import { explain } from '../report/explain.ts';
import type { Database } from '../store/database.ts';
import { beginStage } from '../store/rollout-state.ts';
import { audienceNow } from './launch.ts';
import { below, changeCarts, everybody, shopOf, start } from './rollout.fixture.ts';

const stages = [{ share: 1_000, lasts: day }, { share: 5_000, lasts: 2 * day }, { share: 10_000 }];
const always = { kind: 'always' } as const;
const world = (part: Partial<Campaign> = {}) =>
  program({ campaigns: [campaign({ reenter: always, rollout: stages, ...part })] });

onEveryStore('a rollout', (open) => {
  const shop = (one: Program) => shopOf(open, one);

  /** Everybody changes the cart, and the tick of that instant runs. Returns who has entered. */
  async function all(db: Database, one: Program, at: number): Promise<string[]> {
    await changeCarts(db, at);
    await tickAt(db, one, at);
    const found = (await enrolments(db, at)).filter((text) => text.startsWith('+0m '));
    return found.map((text) => text.split(' ')[1] ?? '').toSorted();
  }

  it('lets in the share of each stage, which begins to the millisecond, and everybody of a stage in those that follow', async () => {
    const one = world();
    const db = await shop(one);
    expect(below(0.1).length).toBeGreaterThan(0);
    expect(await all(db, one, start)).toEqual(below(0.1).toSorted());
    expect(await all(db, one, start + day - hour)).toEqual(below(0.1).toSorted());
    expect(await all(db, one, start + day)).toEqual(below(0.5).toSorted());
    expect(await all(db, one, start + 3 * day - hour)).toEqual(below(0.5).toSorted());
    expect(await all(db, one, start + 3 * day)).toEqual(everybody.toSorted());
  });

  it('goes on where an apply changes something else, and begins anew with other stages', async () => {
    const [one, other] = [world(), world({ priority: 3 })];
    const db = await shop(one);
    await tickAt(db, one, start);
    await applyProgram(db, { program: other, at: start + day, lineage: 'test' });
    expect(await all(db, other, start + day)).toEqual(below(0.5).toSorted());
    const anew = world({ rollout: [{ share: 2_000, lasts: day }, { share: 9_000 }] });
    await applyProgram(db, { program: anew, at: start + 2 * day, lineage: 'test' });
    expect(await all(db, anew, start + 2 * day)).toEqual(below(0.2).toSorted());
    expect(await all(db, anew, start + 3 * day)).toEqual(below(0.9).toSorted());
  });

  it('stays in a manual stage until it is promoted, also while other things are applied; a promotion ends a timed stage early', async () => {
    const rollout = [{ share: 1_000 }, { share: 5_000, lasts: 9 * day }, { share: 10_000 }];
    const [one, other] = [world({ rollout }), world({ rollout, priority: 3 })];
    const db = await shop(one);
    expect(await all(db, one, start + 30 * day)).toEqual(below(0.1).toSorted());
    await beginStage(db, 'cart', 1, start + 30 * day);
    expect(await all(db, one, start + 31 * day)).toEqual(below(0.5).toSorted());
    await applyProgram(db, { program: other, at: start + 32 * day, lineage: 'test' });
    expect(await all(db, other, start + 32 * day)).toEqual(below(0.5).toSorted());
    await beginStage(db, 'cart', 2, start + 33 * day);
    expect(await all(db, other, start + 33 * day)).toEqual(everybody.toSorted());
    const anew = world({ rollout: [{ share: 2_000 }, { share: 9_000 }] });
    await applyProgram(db, { program: anew, at: start + 34 * day, lineage: 'test' });
    expect(await all(db, anew, start + 34 * day)).toEqual(below(0.2).toSorted());
  });

  it('is forgotten with the campaign, and with its own line', async () => {
    const one = world();
    const db = await shop(one);
    await tickAt(db, one, start);
    for (const [program, at] of [
      [world({ name: 'other', rollout: [{ share: 1 }] }), start + day],
      [one, start + 2 * day],
    ] as const)
      await applyProgram(db, { program, at, lineage: 'test' });
    expect(await all(db, one, start + 2 * day)).toEqual(below(0.1).toSorted());
    const { rollout: _, ...without } = campaign({ reenter: always });
    const free = program({ campaigns: [without] });
    await applyProgram(db, { program: free, at: start + 2 * day + hour, lineage: 'test' });
    expect(await all(db, free, start + 2 * day + hour)).toEqual(everybody.toSorted());
  });

  it('leaves a journey as it is that a newer event would begin anew, if the customer is outside the stage', async () => {
    const on = { kind: 'event', event: 'cart_updated', restart: true } as const;
    const steps = [{ kind: 'wait', id: 'wait-1', ms: 9 * day } as const];
    const { rollout: _, ...before } = campaign({ on, steps });
    const free = program({ campaigns: [before] });
    const db = await shop(free);
    expect(await all(db, free, start)).toEqual(everybody.toSorted());
    const staged = world({ on, steps, reenter: { kind: 'never' } });
    await applyProgram(db, { program: staged, at: start + hour, lineage: 'test' });
    expect(await all(db, staged, start + hour)).toEqual(below(0.1).toSorted());
  });

  it('is told of: who may enter, whom only the stage keeps out, and what a customer cannot enter yet', async () => {
    const one = world();
    const db = await shop(one);
    await tickAt(db, one, start);
    const [cart] = one.campaigns;
    if (!cart) throw new Error('there is one campaign');
    const asked = { campaign: cart, now: start };
    const [small, large] = [below(0.1), below(0.5)];
    expect(await audienceOf(db, one, asked)).toMatchObject({
      mayEnter: small.length,
      outsideStage: everybody.length - small.length,
    });
    expect((await audienceOf(db, one, { campaign: cart, now: start + day })).mayEnter).toBe(large.length);
    expect((await audienceNow(db, { program: one, ...asked })).entering).toBe(small.length);
    const outsider = everybody.find((id) => !small.includes(id)) ?? '';
    expect((await explain(db, outsider))?.outsideStage).toEqual([{ campaign: 'cart', share: 1_000 }]);
    expect(await explain(db, small[0] ?? '')).not.toHaveProperty('outsideStage');
  });
});
