import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import type { Step } from '../../spec/model/campaign.ts';
import type { Expression } from '../../spec/model/expression.ts';
import { begin, carryOn, enrolments, messages, tz } from '../../test/drive.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, day, hour, minute, model, people, program } from '../../test/world.ts';
import type { Program } from '../program/program.ts';
import { audienceNow, pendingLaunches, requestLaunch } from './launch.ts';
import { runTick } from './run-tick.ts';

const from = Date.UTC(2026, 2, 2, 12);

const fromMoscow: Expression = {
  kind: 'compare',
  type: 'boolean',
  op: '==',
  left: { kind: 'attribute', type: 'string', name: 'city' },
  right: { kind: 'literal', type: 'string', value: 'Moscow' },
};

const steps: Step[] = [
  { kind: 'send', id: 'send-1', channel: 'email', template: 'sale' },
  { kind: 'send', id: 'send-2', channel: 'sms', template: 'sale' },
  { kind: 'webhook', id: 'webhook-3', channel: 'crm', fields: [] },
  { kind: 'wait', id: 'wait-4', ms: hour },
];

const sale = (part: Parameters<typeof campaign>[0] = {}) =>
  program({
    channels: [
      ...model().channels.filter(({ name }) => name !== 'crm'),
      { name: 'crm', kind: 'webhook', transport: { kind: 'console' }, price: 0 },
    ],
    campaigns: [campaign({ name: 'sale', on: { kind: 'manual' }, steps, ...part })],
  });

onEveryStore('a launch', (open) => {
  async function world(program: Program) {
    const db = await begin(open, program, from - minute);
    await people(db, [
      { id: 'all', city: 'Moscow' },
      { id: 'no-phone', city: 'Moscow', phone: null },
      { id: 'no-consent', city: 'Moscow', consent: ['sms'] },
      { id: 'nowhere', city: 'Moscow', email: null, consent: [] },
      { id: 'elsewhere', city: 'Kazan' },
    ]);
    await runTick(db, program, from - minute, tz);
    return db;
  }

  const asked = async (db: Awaited<ReturnType<typeof world>>, program: Program, now = from) => {
    const [campaign] = program.campaigns;
    if (!campaign) expect.unreachable();
    return audienceNow(db, { program, campaign, now });
  };

  it('counts the customers who would enter, and whom each channel reaches', async () => {
    const program = sale({ audience: fromMoscow });
    expect(await asked(await world(program), program)).toEqual({
      customers: 4,
      entering: 4,
      channels: [{ channel: 'email', reachable: 2 }, { channel: 'sms', reachable: 2 }, { channel: 'crm' }],
    });
  });

  it('needs no consent for what is transactional', async () => {
    const program = sale({ category: 'transactional' });
    expect(await asked(await world(program), program)).toMatchObject({
      customers: 5,
      channels: [{ reachable: 4 }, { reachable: 4 }, {}],
    });
  });

  it('counts the customers for a campaign without messages', async () => {
    const program = sale({ steps: [] });
    expect(await asked(await world(program), program)).toEqual({ customers: 5, entering: 5, channels: [] });
  });

  it('counts nobody as entering whom the rule of re-entry keeps out', async () => {
    for (const [reenter, later, soon] of [
      [{ kind: 'never' }, 0, 0],
      [{ kind: 'always' }, 4, 0],
      [{ kind: 'after', ms: 2 * hour }, 4, 0],
    ] as const) {
      const program = sale({ audience: fromMoscow, reenter });
      const db = await world(program);
      await requestLaunch(db, { campaign: 'sale', at: from });
      await carryOn(db, program, from, from + minute);
      expect(await asked(db, program, from + minute), reenter.kind).toMatchObject({ customers: 4, entering: soon });
      await carryOn(db, program, from + minute, from + 2 * hour);
      expect(await asked(db, program, from + 3 * hour), reenter.kind).toMatchObject({ customers: 4, entering: later });
    }
  });

  it('takes place at its time, once', async () => {
    const program = sale({ audience: fromMoscow });
    const db = await world(program);
    expect(await requestLaunch(db, { campaign: 'sale', at: from + 30 * minute })).toBe(1);
    expect(await pendingLaunches(db, 'sale')).toEqual([from + 30 * minute]);
    expect(await pendingLaunches(db, 'other')).toEqual([]);
    await carryOn(db, program, from, from + day);
    expect((await enrolments(db, from)).map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      '+30m all',
      '+30m no-consent',
      '+30m no-phone',
      '+30m nowhere',
    ]);
    expect((await messages(db, from)).filter((line) => line.includes('all send-1'))).toHaveLength(1);
    expect(await pendingLaunches(db, 'sale')).toEqual([]);
    expect(await requestLaunch(db, { campaign: 'sale', at: from })).toBe(2);
    expect(await db.query(sql`SELECT count(*) AS n FROM launch`)).toEqual([{ n: 2 }]);
  });
});
