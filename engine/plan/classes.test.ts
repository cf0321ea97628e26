import { describe, expect, it } from 'vitest';
import type { Step } from '../../spec/model/campaign.ts';
import type { Model } from '../../spec/model/model.ts';
import { hour } from '../../test/world.ts';
import { keepIds } from '../deploy/keep-ids.ts';
import { documented } from '../document/document.ts';
import type { Program } from '../program/program.ts';
import { compareDeployments } from './diff.ts';
import { fatesOf } from './fates.ts';
import { nobody } from './in-flight.ts';
import { doubtfulMoves } from './moved-steps.ts';
import { cart, segment, shop, shopWithDocument } from './world.fixture.ts';

const wait = (id: string, hours: number): Step => ({ kind: 'wait', id, ms: hours * hour });
const send = (id: string): Step => ({ kind: 'send', id, channel: 'email', template: 'cart' });
const nudged = { campaigns: [cart({ steps: [wait('start', 2), send('nudge'), wait('end', 1)] })] };

/** The two Programs, and who is inside: so many at each step of the campaign `cart`; undefined where no store tells. */
function sides(before: Partial<Model>, after: Partial<Model>, standing?: Record<string, number>) {
  const old = shopWithDocument(before);
  const desired = shopWithDocument(after);
  const now = documented(desired.model, keepIds(desired.program, old.program), 'yaml');
  const inside =
    standing &&
    fatesOf(
      { ...nobody, standing: [standingAt(old.program, standing)], versions: versionsOf(old.program) },
      now.program,
    );
  return { old, now, inside };
}

const versionsOf = ({ campaigns }: Program) =>
  campaigns.map((definition) => ({ version: definition.hash, definition }));

function standingAt({ campaigns: [first] }: Program, standing: Record<string, number>) {
  const steps = Object.entries(standing).map(([step, customers]) => ({ step, customers }));
  const active = steps.reduce((sum, { customers }) => sum + customers, 0);
  return { campaign: 'cart', version: first?.hash ?? '', waiting: 0, active, steps };
}

/** The classes of all changes, by address, with their reasons. */
function classes(...args: Parameters<typeof sides>): Record<string, string> {
  const { old, now, inside } = sides(...args);
  const changes = compareDeployments(now, { program: old.program, document: old }, inside);
  return Object.fromEntries(changes.map((one) => [one.address, `${one.class}: ${one.reasons.join('; ')}`]));
}

const campaign = (part: Parameters<typeof cart>[0]) => ({ campaigns: [cart(part)] });
const steps = (...list: Step[]) => campaign({ steps: list });

describe('the class of a change', () => {
  it('is text-only where only texts or titles differ', () => {
    const [template] = shop().templates;
    const [variant] = template?.variants ?? [];
    if (!template || !variant) throw new Error('no template');
    const templates = [{ ...template, variants: [{ ...variant, subject: 'Still yours' }] }];
    expect(classes({}, { templates })).toEqual({ 'template.cart.email': 'text-only: only texts change' });
    expect(classes({}, campaign({ title: 'Cart' }))).toEqual({ 'campaign.cart': 'text-only: only texts change' });
  });

  it('is additive where something is new that keeps no message back', () => {
    const added = {
      segments: [...(shop().segments ?? []), segment('new', 'points > 1')],
      campaigns: [cart(), cart({ name: 'other' })],
      holdouts: [{ name: 'control', share: 500, salt: 'a' }],
    };
    expect(classes({}, added)).toEqual({
      'segment.new': 'additive: it is new',
      'campaign.other': 'additive: it is new',
      'holdout.control': 'behavioural: it changes who may get messages, or when',
    });
  });

  it.each([
    ['the rule of entry', { reenter: { kind: 'never' as const } }, 'it changes who enters, or when'],
    ['the exit', { exit: [] }, 'it changes what ends a journey'],
    ['the priority', { priority: 3 }, 'it changes how its messages are judged'],
    ['the time to undo a removal', { resumeWithin: 0 }, 'it changes how long a removal can be undone'],
  ])('is behavioural where %s differs', (_, part, reason) => {
    expect(classes({}, campaign(part))).toEqual({ 'campaign.cart': `behavioural: ${reason}` });
  });

  it('is behavioural where times, shares or steps differ and nobody loses the step where they stand', () => {
    const reason = 'behavioural: it changes the steps, their conditions, shares or times';
    const later = steps(wait('start', 3), send('nudge'), wait('end', 1));
    expect(classes(nudged, later, { start: 5 })).toEqual({ 'campaign.cart': reason });
    expect(classes(nudged, later)).toEqual({ 'campaign.cart': reason });
    const without = steps(wait('start', 2), send('nudge'));
    expect(classes(nudged, without, { start: 5 }), 'nobody stands there').toEqual({ 'campaign.cart': reason });
  });

  it('is breaking where the campaign is removed, or a step where customers stand', () => {
    const without = steps(wait('start', 2), send('nudge'));
    expect(classes(nudged, { campaigns: [] }, {})).toMatchObject({
      'campaign.cart': 'breaking: the campaign is removed',
    });
    expect(classes(nudged, without, { start: 5, end: 578 })).toEqual({
      'campaign.cart': 'breaking: step "end" is removed, where 578 customers stand',
    });
    expect(classes(nudged, without, { end: 1 })).toEqual({
      'campaign.cart': 'breaking: step "end" is removed, where 1 customer stands',
    });
    const other = steps(wait('start', 2), wait('nudge', 1), wait('end', 1));
    expect(classes(nudged, other, { nudge: 2 })).toEqual({
      'campaign.cart': 'breaking: step "nudge" becomes a step of another kind, where 2 customers stand',
    });
  });

  it('is breaking without a store where customers could stand at a removed step', () => {
    const split: Step = {
      kind: 'split',
      id: 'draw',
      arms: [{ name: 'all', share: 10_000, control: false, steps: [] }],
    };
    const before = steps(wait('start', 2), split, wait('end', 1));
    expect(classes(before, steps(wait('start', 2), wait('end', 1)))['campaign.cart']).toMatch(/^behavioural/);
    expect(classes(before, steps(wait('start', 2), split))).toEqual({
      'campaign.cart': 'breaking: step "end" is removed, where customers can stand',
    });
  });

  it('is not breaking where `moved` says which step it is now', () => {
    const moved = campaign({
      steps: [wait('start', 2), send('nudge'), wait('rest', 1)],
      moved: [{ from: 'end', to: 'rest' }],
    });
    expect(classes(nudged, moved, { end: 578 })['campaign.cart']).toMatch(/^behavioural/);
  });

  it('is breaking where a channel goes that customers inside a campaign still need', () => {
    const [email] = shop().channels;
    if (!email) throw new Error('no channel');
    const after = {
      channels: [email],
      ...steps(wait('start', 2), { kind: 'send', id: 'nudge', channel: 'email', template: 'cart' }),
    };
    expect(classes({}, after, { 'wait-1': 2 })).toMatchObject({
      'channel.sms': 'breaking: customers inside cart still need it',
    });
    expect(classes({}, after, {})).toMatchObject({
      'channel.sms': 'behavioural: nothing that is planned uses it any more',
    });
  });
});

describe('the removal of a template', () => {
  it('is breaking where customers inside need it, also by a channel that is not called as its kind', () => {
    const [email] = shop().channels;
    if (!email) throw new Error('no channel');
    const post = { ...email, name: 'post' };
    const write: Step = { kind: 'send', id: 'write', channel: 'post', template: 'cart' };
    const before = { channels: [email, post], ...steps(wait('start', 2), write) };
    const after = { channels: [email, post], templates: [], ...steps(wait('start', 2)) };
    expect(classes(before, after, { start: 2 })).toMatchObject({
      'template.cart.email': 'breaking: customers inside cart still need it',
    });
  });
});

describe('the ids of steps', () => {
  const doubts = (before: Partial<Model>, after: Partial<Model>) => {
    const { old, now } = sides(before, after);
    const [mine, theirs] = [now.program.campaigns[0], old.program.campaigns[0]];
    if (!mine || !theirs) throw new Error('no campaign');
    return doubtfulMoves(mine, theirs).map(({ message }) => message);
  };
  const rest = [wait('start', 2), send('nudge'), wait('rest', 1)];

  it('give a warning where `moved` names one that was never applied', () => {
    const after = campaign({ steps: rest, moved: [{ from: 'ende', to: 'rest' }] });
    expect(doubts(nudged, after)[0]).toBe(
      'In the campaign cart, `moved` names the step "ende", which the applied version does not have.',
    );
    const right = campaign({ steps: rest, moved: [{ from: 'end', to: 'rest' }] });
    expect(doubts(nudged, right)).toEqual([]);
    expect(doubts(right, { ...right, ...campaign({ ...right.campaigns[0], priority: 1 }) }), 'applied already').toEqual(
      [],
    );
  });

  it('give a hint where a step is gone and a similar one is new', () => {
    expect(doubts(nudged, campaign({ steps: rest }))).toEqual([
      'In the campaign cart, the step "end" is gone, and "rest" is new in its place.',
    ]);
    expect(doubts(nudged, steps(wait('start', 2), send('nudge'))), 'nothing is new').toEqual([]);
  });
});
