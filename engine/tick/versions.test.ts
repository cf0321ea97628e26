import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import { begin, carryOn, enrolments } from '../../test/drive.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, day, events, hour, people, program } from '../../test/world.ts';
import { applyProgram } from '../deploy/apply.ts';

const start = Date.UTC(2026, 2, 2, 10);

onEveryStore('versions of a campaign', (open) => {
  it('ends those inside a campaign that is removed; lets those inside an old version finish on it', async () => {
    const slow = (name: string, template: string) =>
      campaign({
        name,
        steps: [
          { kind: 'wait', id: 'w', ms: day },
          { kind: 'send', id: 's', channel: 'email', template },
        ],
      });
    const before = program({ campaigns: [slow('a', 'old'), slow('b', 'old')] });
    const after = program({ campaigns: [slow('a', 'new')] });
    const db = await begin(open, before, start);
    await people(db, [{ id: 'c1' }]);
    await events(db, 'cart_updated', [{ customer: 'c1', at: start }]);
    await carryOn(db, before, start, start + hour);
    expect(await applyProgram(db, { program: after, at: start + hour, lineage: 'test' })).toBe(true);
    expect(await applyProgram(db, { program: after, at: start + hour, lineage: 'test' }), 'twice is nothing').toBe(
      false,
    );
    await carryOn(db, after, start + hour, start + 3 * day);
    const sent = await db.query(sql`SELECT campaign, template FROM message`);
    expect(sent).toEqual([{ campaign: 'a', template: 'old' }]);
    expect(await enrolments(db, start)).toEqual(['+0m c1 a completed +1440m', '+0m c1 b removed +60m']);
  });

  it('ends the journey of a customer inside an old version by an exit that only that version has', async () => {
    const steps = [{ kind: 'wait', id: 'w', ms: 5 * day } as const];
    const before = program({ campaigns: [campaign({ exit: [{ event: 'order_paid' }], steps })] });
    const after = program({ campaigns: [campaign({ steps })] });
    const db = await begin(open, before, start);
    await people(db, [{ id: 'c1' }]);
    await events(db, 'cart_updated', [{ customer: 'c1', at: start }]);
    await carryOn(db, before, start, start + hour);
    await applyProgram(db, { program: after, at: start + hour, lineage: 'test' });
    await events(db, 'order_paid', [{ customer: 'c1', at: start + day, total: 5 }]);
    await carryOn(db, after, start + hour, start + 9 * day);
    expect(await enrolments(db, start)).toEqual(['+0m c1 cart exit-event +1440m']);
  });

  it('counts the conversion of a version that nobody is inside any more', async () => {
    const version = (template: string) =>
      program({
        campaigns: [
          campaign({
            goal: { event: 'order_paid', within: 7 * day },
            steps: [{ kind: 'send', id: 's', channel: 'email', template }],
          }),
        ],
      });
    const after = version('new');
    const db = await begin(open, version('old'), start);
    await people(db, [{ id: 'c1' }]);
    await events(db, 'cart_updated', [{ customer: 'c1', at: start }]);
    await carryOn(db, version('old'), start, start + hour);
    await applyProgram(db, { program: after, at: start + hour, lineage: 'test' });
    await events(db, 'order_paid', [
      { customer: 'c1', at: start + 3 * day, total: 5 },
      { customer: 'c1', at: start + 4 * day, total: 5 },
    ]);
    await carryOn(db, after, start + hour, start + 9 * day);
    const goals = await db.query(sql`SELECT goal_at, version FROM enrolment`);
    expect(goals).toEqual([{ goal_at: start + 3 * day, version: version('old').campaigns[0]?.hash }]);
  });
});
