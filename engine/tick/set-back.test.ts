import { tmpdir } from 'node:os';
import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import type { Step } from '../../spec/model/campaign.ts';
import { begin, enrolments, messages } from '../../test/drive.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, day, events, hour, minute, people, program } from '../../test/world.ts';
import { noteSuppression } from '../consent/suppressions.ts';
import { applyProgram } from '../deploy/apply.ts';
import { deliver } from '../dry-run/simulate/deliver.ts';
import type { Database, Row } from '../store/database.ts';
import { tickDeployed } from '../worker/tick-deployed.ts';

/** A Monday. */
const from = Date.UTC(2026, 2, 2, 12);
const century = 36_500 * day;
const send = (id: string): Step => ({ kind: 'send', id, channel: 'email', template: 't' });

async function tick(db: Database, world: ReturnType<typeof program>, at: number) {
  const done = await tickDeployed(db, { serial: 1, program: world }, { at, now: at, root: tmpdir(), tz: 'test' });
  await deliver(db, { now: at, seed: 'test', engagement: {} });
  return done;
}

onEveryStore('a clock that was ahead', (open) => {
  const world = program({
    policies: { caps: [{ name: 'daily', max: 2, per: day }] },
    campaigns: [
      campaign({
        reenter: { kind: 'after', ms: day },
        steps: [send('first'), { kind: 'wait', id: 'wait', ms: hour }, send('second')],
      }),
      campaign({
        name: 'noon',
        on: { kind: 'schedule', cron: '0 12 * * *', zone: 'project' },
        category: 'transactional',
        reenter: { kind: 'always' },
        steps: [send('lunch')],
      }),
    ],
  });

  it('by years: ticking goes on from the clock, and nothing happens twice', async () => {
    const db = await begin(open, world, from - day);
    await people(db, [{ id: 'c' }, { id: 'later' }]);
    expect(await tick(db, world, from - minute)).toMatchObject({ ticked: true });
    await events(db, 'cart_updated', [{ customer: 'c', at: from - minute }]);
    const late = await tick(db, world, from + century);
    expect(late).toMatchObject({ ticked: true });
    expect(late).not.toHaveProperty('wasAhead');
    const ahead = century / minute;
    expect((await messages(db, from)).slice(-3)).toEqual([
      `+${ahead}m c first email sent`,
      `+${ahead}m c lunch email sent`,
      `+${ahead}m later lunch email sent`,
    ]);

    expect(await tick(db, world, from + minute)).toMatchObject({ ticked: true, wasAhead: from + century });
    expect(await tick(db, world, from + 2 * minute)).toEqual({ ticked: true, read: [] });
    // The wait counts from the instant to which ticking was set back.
    await tick(db, world, from + hour);
    await tick(db, world, from + hour + minute);
    expect((await messages(db, from)).filter((line) => !line.startsWith('+-1m'))).toEqual([
      '+1m c first email sent',
      '+1m c lunch email sent',
      '+1m later lunch email sent',
      '+61m c second email sent',
    ]);
    // Neither caps nor re-entry count from the years ahead.
    await events(db, 'cart_updated', [{ customer: 'c', at: from + 3 * day }]);
    await tick(db, world, from + 3 * day);
    expect((await messages(db, from)).filter((line) => line.endsWith('c lunch email sent')).slice(-1)).toEqual([
      `+${3 * 1440}m c lunch email sent`,
    ]);
    expect((await messages(db, from)).filter((line) => line.includes('first'))).toEqual([
      '+1m c first email sent',
      `+${3 * 1440}m c first email sent`,
    ]);
    expect(
      await db.query<Row>(sql`SELECT count(*) AS n FROM message WHERE decided_at > ${from + 3 * day}::bigint`),
    ).toEqual([{ n: 0 }]);
  });

  it('by an hour at most: the tick waits', async () => {
    const db = await begin(open, world, from - day);
    await tick(db, world, from + hour);
    expect(await tick(db, world, from)).toEqual({ ticked: false, read: [], waitsUntil: from + hour });
    expect(await tick(db, world, from - minute)).toEqual({ ticked: true, read: [], wasAhead: from + hour });
  });

  it('lets a campaign that was applied meanwhile begin', async () => {
    const db = await begin(open, program(), from - day);
    const old = program();
    await tickDeployed(
      db,
      { serial: 1, program: old },
      { at: from + century, now: from + century, root: tmpdir(), tz: 'test' },
    );
    await applyProgram(db, { program: world, at: from, lineage: 'test' });
    await people(db, [{ id: 'c' }]);
    await events(db, 'cart_updated', [{ customer: 'c', at: from + 2 * minute }]);
    for (const at of [from + minute, from + 2 * minute])
      await tickDeployed(db, { serial: 2, program: world }, { at, now: at, root: tmpdir(), tz: 'test' });
    expect(await enrolments(db, from)).toEqual(['+2m c cart active']);
  });

  it('lets refusals count from the clock on, and keeps the order of those that were made ahead of it', async () => {
    const db = await begin(open, world, from - day);
    const ahead = from + 2 * day;
    await people(db, [{ id: 'c' }, { id: 'd' }, { id: 'e' }]);
    await tick(db, world, from - minute);
    await tick(db, world, ahead);
    const column = (name: string, type: 'text' | 'bigint' | 'boolean' = 'text') => ({ name, type });
    await db.load(
      'inbox_consent',
      [column('id'), column('customer'), column('channel'), column('granted', 'boolean'), column('at', 'bigint')],
      [{ id: `read/${ahead + 1}/1/undated/c/no`, customer: 'c', channel: 'email', granted: false, at: ahead + 1 }],
    );
    for (const [id, lifted, at] of [
      ['d', false, ahead],
      ['d', true, from],
      ['e', false, ahead],
      ['e', true, ahead],
      ['e', false, from],
    ] as const)
      await noteSuppression(db, world, { customers: [id], hashes: [] }, { word: 'email', reason: 'asked', at, lifted });
    await tick(db, world, from);
    await db.load(
      'inbox_suppression',
      [column('id'), column('customer'), column('channel'), column('reason'), column('at', 'bigint')],
      [{ id: 'later', customer: 'd', channel: 'email', reason: 'asked', at: from + minute }],
    );
    await events(
      db,
      'cart_updated',
      ['c', 'd', 'e'].map((customer) => ({ customer, at: from + 2 * minute })),
    );
    await tick(db, world, from + 2 * minute);
    expect((await messages(db, from)).filter((line) => line.includes('first'))).toEqual([
      '+2m c first email no-consent',
      '+2m d first email suppressed',
      '+2m e first email suppressed',
    ]);
  });

  it('keeps a lift in force that was made against an entry of the clock ahead', async () => {
    const db = await begin(open, world, from - day);
    await people(db, [{ id: 'd' }]);
    await tick(db, world, from + 2 * day);
    for (const [lifted, at] of [[false, from + 2 * day] as const, [true, from] as const])
      await noteSuppression(
        db,
        world,
        { customers: ['d'], hashes: [] },
        { word: 'email', reason: 'asked', at, lifted },
      );
    await tick(db, world, from);
    await events(db, 'cart_updated', [{ customer: 'd', at: from + minute }]);
    await tick(db, world, from + minute);
    expect((await messages(db, from)).filter((line) => line.includes('first'))).toEqual(['+1m d first email sent']);
  });
});
