import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import { begin, tickAt } from '../../test/drive.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, day, events, feedback, hour, people, program } from '../../test/world.ts';
import { results } from './results.ts';

const monday = Date.UTC(2026, 2, 2);
const world = program({ campaigns: [campaign({ goal: { event: 'order_paid', within: 3 * day } })] });

onEveryStore('the figures of a past day', (open) => {
  it('grow by goals and feedback that come later, and the day is open until no goal can come', async () => {
    const db = await begin(open, world, monday);
    const tick = (...at: number[]) => tickAt(db, world, ...at);
    const shown = async () => {
      const [found] = (await results(db, world, { from: monday, to: monday + 30 * day })).campaigns;
      return (found?.days ?? []).map(({ day, openUntil, enrolments, messages }) => ({
        ...{ day, openUntil, converted: enrolments.converted },
        ...{ opened: messages.opened, prefetched: messages.prefetched, bounced: messages.bounced },
      }));
    };
    const at = monday + hour;
    await people(db, [{ id: 'c' }]);
    await events(db, 'cart_updated', [{ customer: 'c', at }]);
    await tick(at);
    const day0 = { day: '2026-03-02', openUntil: at + 3 * day, converted: 0, opened: 0, prefetched: 0, bounced: 0 };
    expect(await shown()).toEqual([day0]);

    const [sent] = await db.query<{ message: string }>(sql`SELECT message FROM message`);
    const hear = (kind: string, when: number) => feedback(db, [[sent?.message ?? '', kind, when]]);
    await hear('prefetched', at + 1000);
    await tick(at + day);
    expect(await shown()).toEqual([{ ...day0, prefetched: 1 }]);

    await events(db, 'order_paid', [{ customer: 'c', at: at + 2 * day }]);
    await hear('opened', at + 2 * day);
    await tick(at + 2 * day);
    const later = { ...day0, openUntil: null, converted: 1, opened: 1, prefetched: 1 };
    expect(await shown(), 'the goal is reached, so nothing is open').toEqual([later]);

    await hear('bounced', at + 20 * day);
    await tick(at + 20 * day);
    expect(await shown(), 'feedback has no limit').toEqual([{ ...later, bounced: 1 }]);
  });

  it('are closed when the time for the goal is over', async () => {
    const db = await begin(open, world, monday);
    await people(db, [{ id: 'c' }]);
    await events(db, 'cart_updated', [{ customer: 'c', at: monday + hour }]);
    await tickAt(db, world, monday + hour);
    const until = async () =>
      (await results(db, world, { from: monday, to: monday + 30 * day })).campaigns[0]?.days[0]?.openUntil;
    expect(await until()).toBe(monday + hour + 3 * day);
    await tickAt(db, world, monday + 4 * day);
    expect(await until()).toBeNull();
  });
});
