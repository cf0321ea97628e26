import { describe, expect, it } from 'vitest';
import type { Surface } from '../../spec/convert.ts';
import type { Cascade, Step } from '../../spec/model/campaign.ts';
import { day, hour } from '../../test/world.ts';
import { compile } from '../compile/compile.ts';
import { keepIds } from '../deploy/keep-ids.ts';
import { documented } from '../document/document.ts';
import { diff, send, wait } from './diff.fixture.ts';
import { compareDeployments } from './diff.ts';
import { cart, shop, shopWithDocument } from './world.fixture.ts';

/** The one change of a campaign's steps. */
function steps(before: Step[], after: Step[]) {
  const [change, ...more] = diff({ campaigns: [cart({ steps: before })] }, { campaigns: [cart({ steps: after })] });
  expect(more).toEqual([]);
  return change?.fields;
}

describe('the difference of the steps of a campaign', () => {
  it('lists an inserted step alone', () => {
    expect(steps([wait('a', hour), send('c')], [wait('a', hour), send('b'), send('c')])).toEqual([
      { path: 'steps.b', after: 'send: { email: cart }' },
    ]);
  });

  it('lists a removed step, and a changed one', () => {
    expect(steps([wait('a', hour), send('b'), send('c')], [wait('a', day), send('c')])).toEqual([
      { path: 'steps.a.wait', before: '1 hour', after: '1 day' },
      { path: 'steps.b', before: 'send: { email: cart }' },
    ]);
  });

  it('shows other shares of variants, and which step another change is in', () => {
    const varied = (share?: number): Step => ({
      ...{ kind: 'send', id: 'v', channel: 'email', template: 'cart' },
      variants: [{ name: 'plain', ...(share !== undefined && { share }) }, { name: 'warm' }],
    });
    expect(steps([send('v'), wait('w', hour)], [varied(), wait('w', hour)])).toEqual([
      { path: 'steps.v.send.variants.plain', after: '{}' },
      { path: 'steps.v.send.variants.warm', after: '{}' },
    ]);
    expect(steps([varied(), wait('w', hour)], [varied(8_000), wait('w', day)])).toEqual([
      { path: 'steps.v.send.variants.plain.share', after: '80%' },
      { path: 'steps.w.wait', before: '1 hour', after: '1 day' },
    ]);
  });

  it('shows steps that have changed places', () => {
    const fields = steps([wait('a', hour), send('b'), send('c')], [wait('a', hour), send('c'), send('b')]);
    expect(fields).toEqual([{ path: 'steps', before: 'a, b, c', after: 'a, c, b', order: true }]);
  });

  it('shows a step that has moved from one arm to the other', () => {
    const split = (left: Step[], right: Step[]): Step[] => [
      {
        kind: 'split',
        id: 'test',
        arms: [
          { name: 'left', share: 5_000, control: false, steps: left },
          { name: 'right', share: 5_000, control: false, steps: right },
        ],
      },
    ];
    const fields = steps(split([send('a'), send('b')], [send('c')]), split([send('a')], [send('b'), send('c')]));
    expect(fields).toEqual([
      { path: 'steps.test.split.arms.left.steps', before: 'a, b', after: 'a', order: true },
      { path: 'steps.test.split.arms.right.steps', before: 'c', after: 'b, c', order: true },
    ]);
  });

  it('shows of a moved step that it has moved, and what else has changed', () => {
    const before = { campaigns: [cart({ steps: [wait('old', hour), send('s')] })] };
    const moved = [{ from: 'old', to: 'new' }];
    const later = (ms: number) => ({ campaigns: [cart({ steps: [wait('new', ms), send('s')], moved })] });
    const move = { path: 'moved.old', after: 'new' };
    expect(diff(before, later(hour))[0]?.fields).toEqual([move]);
    expect(diff(before, later(day))[0]?.fields).toEqual([
      move,
      { path: 'steps.new.wait', before: '1 hour', after: '1 day' },
    ]);
  });

  it('prints what a key of a step holds as the surface writes it', () => {
    const until: Step = { kind: 'until', id: 'w', minuteOfDay: 18 * 60 };
    const change = (surface: Surface) =>
      diff({ campaigns: [cart({ steps: [wait('w', hour)] })] }, { campaigns: [cart({ steps: [until] })] }, surface);
    expect(change('yaml')[0]?.fields).toEqual([
      { path: 'steps.w.wait', before: '1 hour', after: '{ until: "18:00" }' },
    ]);
    expect(change('dsl')[0]?.fields).toEqual([{ path: 'steps.w.wait', before: '1 hour', after: 'until 18:00' }]);
  });

  it('shows of a cascade the stage that changes, and all of it where the channels do', () => {
    const nudge = (within: number): Step => {
      const first = { id: 'nudge.email', channel: 'email', template: 'cart', until: 'opened' as const, within };
      return { kind: 'cascade', id: 'nudge', stages: [first, { id: 'nudge.sms', channel: 'sms', template: 'cart' }] };
    };
    expect(steps([nudge(hour)], [nudge(2 * hour)])).toEqual([
      { path: 'steps.nudge.cascade.1.within', before: '1 hour', after: '2 hours' },
    ]);
    const { stages } = nudge(hour) as { stages: Cascade['stages'] };
    const turned: Step = { kind: 'cascade', id: 'nudge', stages: stages.toReversed() };
    expect(steps([nudge(hour)], [turned])?.map(({ path }) => path)).toEqual(['steps.nudge.cascade']);
  });

  it('knows steps without an id by the one that they have in what is applied', () => {
    const before = shopWithDocument({ campaigns: [cart({ steps: [wait('wait-1', hour), send('send-2')] })] });
    const files = shop({ campaigns: [cart({ steps: [send('send-1'), wait('wait-2', day), send('send-3')] })] });
    const after = documented(files, keepIds(compile(files), before.program), 'yaml');
    const [change] = compareDeployments(after, { program: before.program, document: before });
    expect(change?.fields).toEqual([
      { path: 'steps.send-1', after: 'send: { email: cart }' },
      { path: 'steps.wait-1.wait', before: '1 hour', after: '1 day' },
    ]);
  });
});
