import { describe, expect, it } from 'vitest';
import type { Guards, Policies } from '../../spec/model/model.ts';
import { compile } from '../compile/compile.ts';
import type { Change } from './change.ts';
import type { Effects } from './effects.ts';
import { guardNotices, hoursNotice, outgrown } from './guards.ts';
import { forbidden } from './permission.ts';
import { cart, noDetails, shop } from './world.fixture.ts';

const monday = (time: string) => Date.parse(`2026-03-02T${time}Z`);

const programOf = (guards: Guards | undefined, campaigns = [cart()]) =>
  compile(shop({ campaigns, policies: { caps: [], ...(guards && { guards }) } }));

const change = { address: 'campaign.cart', class: 'behavioural' } as Change;

function effects(cost: number, recipients: number): Pick<Effects, 'forecast'> {
  const none = { before: 0, after: 0 };
  const sent = { campaign: 'cart', channel: 'email', day: none, dayCost: none, week: none };
  const at = monday('10:00');
  return {
    forecast: {
      basis: 'store',
      from: at,
      day: at,
      to: at,
      sends: [{ ...sent, weekCost: { before: 0, after: cost } }],
      entries: [],
      audiences: [],
      losses: [],
      details: { ...noDetails, recipients: { before: 0, after: recipients } },
    },
  };
}

const names = (desired: Guards | undefined, applied: Guards | undefined, found: Pick<Effects, 'forecast'>) =>
  guardNotices({ desired: programOf(desired), applied: programOf(applied) }, [change], found, monday('10:00')).map(
    ({ allow }) => allow,
  );

describe('guards', () => {
  it('let pass what is at the limit, and nothing beyond', () => {
    const guards = { maxBudget: 10.1, maxRecipients: 5 };
    expect(names(guards, guards, effects(10.1, 5))).toEqual([]);
    expect(names(guards, guards, effects(10.11, 6))).toEqual(['max_recipients', 'max_budget']);
    expect(names(undefined, undefined, effects(1e9, 1e9))).toEqual([]);
    expect(names({ maxBudget: 0, maxRecipients: 0 }, undefined, effects(0.01, 1))).toEqual([
      'max_recipients',
      'max_budget',
    ]);
  });

  it('hold as they are applied, also if the plan raises or removes them', () => {
    for (const desired of [undefined, { maxBudget: 100 }])
      expect(names(desired, { maxBudget: 10 }, effects(50, 0))).toEqual(['policies', 'max_budget']);
    expect(names({ maxBudget: 10 }, { maxBudget: 100 }, effects(50, 0))).toEqual(['policies', 'max_budget']);
  });

  it('are not changed unnoticed, and may be declared for the first time', () => {
    expect(names({ maxBudget: 20 }, { maxBudget: 10 }, effects(0, 0))).toEqual(['policies']);
    expect(names(undefined, { maxBudget: 10 }, effects(0, 0))).toEqual(['policies']);
    expect(names({ maxBudget: 10 }, undefined, effects(0, 0))).toEqual([]);
  });

  it('and approvals are changed by approval alone, where approvals are applied', () => {
    const approvals = { required: 2, for: ['breaking' as const], approvers: ['a ssh-ed25519 A', 'b ssh-ed25519 B'] };
    const withPolicies = (part: Partial<Policies>) => compile(shop({ policies: { caps: [], ...part } }));
    const [applied, desired] = [withPolicies({ approvals }), withPolicies({})];
    const notices = guardNotices({ desired, applied }, [change], effects(0, 0), monday('10:00'));
    const plan = { changes: [change], notices, planHash: 'x' };
    expect(forbidden(plan, approvals, { allow: ['policies'] })?.reason).toBe('unapproved');
    expect(forbidden(plan, undefined, { allow: ['policies'] })).toBeUndefined();
    expect(forbidden(plan, undefined, {})?.reason).toBe('guarded');
  });

  it('say nothing of a plan that changes nothing', () => {
    const program = programOf({ maxBudget: 1 });
    expect(guardNotices({ desired: program, applied: program }, [], effects(50, 0), 0)).toEqual([]);
  });

  it('refuse to remove all of several campaigns, and not the only one', () => {
    const [one, other] = [cart(), cart({ name: 'other' })];
    const of = (before: (typeof one)[], after: (typeof one)[]) =>
      guardNotices(
        { desired: programOf(undefined, after), applied: programOf(undefined, before) },
        [change],
        effects(0, 0),
        0,
      ).map(({ allow }) => allow);
    expect(of([one, other], [])).toEqual(['remove_all']);
    expect(of([one, other], [cart({ name: 'third' })])).toEqual(['remove_all']);
    expect(of([one, other], [other])).toEqual([]);
    expect(of([one], [])).toEqual([]);
  });

  it.each([
    ['21:59', undefined, false],
    ['22:00', undefined, true],
    ['00:30', undefined, true],
    ['06:00', undefined, false],
    ['22:00', [1], true],
    ['22:00', [7], false],
    ['00:30', [7], true],
    ['00:30', [1], false],
  ])('apply nothing from 22:00 to 06:00: on Monday at %s, with days %s: %s', (time, days, refused) => {
    const program = programOf({ noApply: { from: 22 * 60, to: 6 * 60, ...(days && { days }) } });
    expect(hoursNotice([program], monday(time)).length > 0).toBe(refused);
  });

  it('apply nothing on whole days, in the zone of the project', () => {
    const hours = { noApply: { from: 0, to: 0, days: [1] } };
    const base = shop({ policies: { caps: [], guards: hours } });
    const inZone = (timezone: string) => compile({ ...base, project: { ...base.project, timezone } });
    expect(hoursNotice([inZone('UTC')], monday('23:59'))).toHaveLength(1);
    expect(hoursNotice([inZone('Asia/Tokyo')], monday('23:59'))).toHaveLength(0);
    expect(hoursNotice([inZone('UTC')], monday('23:59') + 60_000)).toHaveLength(0);
  });

  it('compare audiences by a share of what the plan expected', () => {
    const grown = (planned: number, now: number) => outgrown({ cart: planned }, { cart: now }, 2_000).length > 0;
    expect([grown(100, 120), grown(100, 121), grown(0, 0), grown(0, 1), grown(100, 20)]).toEqual([
      false,
      true,
      false,
      true,
      false,
    ]);
    expect(outgrown({ gone: 5 }, {}, 0)).toEqual([]);
  });
});

describe('what a plan needs', () => {
  const notices = guardNotices(
    { desired: programOf({ maxBudget: 1 }), applied: undefined },
    [change],
    effects(5, 0),
    0,
  );
  const plan = { planHash: 'x', changes: [change], notices };
  const approvers = ['ann@example.com ssh-ed25519 AAAA'];

  it('is the flag that names the guard, and no other one', () => {
    expect(forbidden(plan, undefined, { allow: ['max_recipients'] })).toMatchObject({
      reason: 'guarded',
      message: 'The messages of 7 days would cost €5.00, and the guard `max_budget` lets €1.00 pass.',
      help: 'If it is meant, add to the command: --allow max_budget',
    });
    expect(forbidden(plan, undefined, { allow: ['max_budget'] })).toBeUndefined();
  });

  it('is an approval where the project says so, and then no flag', () => {
    const rule = { required: 1, for: ['guards' as const], approvers };
    expect(forbidden(plan, rule, { allow: ['max_budget'] })).toMatchObject({ reason: 'unapproved' });
    // Approvals for something else do not take the place of the flag.
    expect(forbidden(plan, { ...rule, for: ['breaking'] }, {})).toMatchObject({ reason: 'guarded' });
    expect(forbidden({ ...plan, notices: [] }, rule, {})).toBeUndefined();
    expect(forbidden({ ...plan, notices: [] }, { ...rule, for: ['always'] }, {})).toMatchObject({
      reason: 'unapproved',
    });
    expect(forbidden({ ...plan, notices: [], changes: [] }, { ...rule, for: ['always'] }, {})).toBeUndefined();
  });

  it('is judged by the hours of the apply, and not by those of the plan', () => {
    const program = programOf({ noApply: { from: 0, to: 60 } });
    const inHours = hoursNotice([program], monday('00:30'));
    const made = { ...plan, notices: inHours };
    expect(forbidden(made, undefined, {}, [])).toBeUndefined();
    expect(forbidden({ ...plan, notices: [] }, undefined, {}, inHours)).toMatchObject({ reason: 'guarded' });
    expect(forbidden({ ...plan, notices: [] }, undefined, { allow: ['no_apply'] }, inHours)).toBeUndefined();
  });
});
