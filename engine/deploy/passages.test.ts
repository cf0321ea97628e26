import { describe, expect, it } from 'vitest';
import type { Campaign, InFlightRule, Step } from '../../spec/model/campaign.ts';
import { campaign, hour, program } from '../../test/world.ts';
import type { CompiledCampaign } from '../program/program.ts';
import { passagesOf } from './passages.ts';

const wait = (id: string, hours: number): Step => ({ kind: 'wait', id, ms: hours * hour });
const until = (id: string, minuteOfDay: number, weekdays?: number[]): Step => ({
  ...{ kind: 'until', id, minuteOfDay },
  ...(weekdays && { weekdays }),
});
const send = (id: string): Step => ({ kind: 'send', id, channel: 'email', template: 'cart' });
const bought = (id: string, hours: number, then: Step[], other: Step[] = []): Step => ({
  ...{ kind: 'await', id, event: 'order_paid', within: hours * hour },
  ...{ then, else: other },
});
const stage = (channel: string, hours?: number) => ({
  ...{ id: `c-${channel}`, channel, template: 'cart' },
  ...(hours && { until: 'opened' as const, within: hours * hour }),
});

function compiled(steps: Step[], part: Partial<Campaign> = {}): CompiledCampaign {
  const [one] = program({ campaigns: [campaign({ steps, ...part })] }).campaigns;
  if (!one) throw new Error('nothing is compiled');
  return one;
}

const passage = (inFlight: InFlightRule, before: Step[], after: Step[], step: string, part: Partial<Campaign> = {}) =>
  passagesOf(compiled(after, { inFlight, ...part }), compiled(before))?.get(step);
const stays = { anew: false, shift: 0 };

describe('the passage of customers to a new version', () => {
  it('moves the end of each kind of waiting by the difference of the times, if they are recomputed', () => {
    const cascade = (hours: number): Step => ({
      kind: 'cascade',
      id: 'c',
      stages: [stage('email', hours), stage('sms')],
    });
    const shift = (before: Step, after: Step, step: string) => [
      passage('migrate recompute', [before, send('s')], [after, send('s')], step),
      passage('migrate', [before, send('s')], [after, send('s')], step),
    ];
    expect(shift(wait('w', 2), wait('w', 5), 'w')).toEqual([
      { to: 'w', anew: false, shift: 3 * hour },
      { to: 'w', ...stays },
    ]);
    expect(shift(cascade(6), cascade(2), 'c-email')).toEqual([
      { to: 'c-email', anew: false, shift: -4 * hour },
      { to: 'c-email', ...stays },
    ]);
    expect(shift(bought('a', 6, [send('yes')]), bought('a', 2, [send('yes')]), 'a')).toEqual([
      { to: 'a', anew: false, shift: -4 * hour },
      { to: 'a', ...stays, waits: 6 * hour },
    ]);
  });

  it('waits anew for another time of day or other weekdays, if that is recomputed', () => {
    const anew = { to: 'u', anew: true, shift: 0 };
    const same = { to: 'u', ...stays };
    const at = (rule: InFlightRule, after: Step) => passage(rule, [until('u', 600)], [after], 'u');
    expect(at('migrate recompute', until('u', 700))).toEqual(anew);
    expect(at('migrate recompute', until('u', 600, [6, 7]))).toEqual(anew);
    expect(at('migrate recompute', until('u', 600))).toEqual(same);
    expect(at('migrate', until('u', 700))).toEqual(same);
  });

  it('goes, where the step is gone, the way of somebody for whom nothing happens', () => {
    const follow = (before: Step[], after: Step[], step: string) => passage('follow', before, after, step);
    const to = (id: string) => ({ to: id, anew: true, shift: 0 });
    const both = [send('yes'), send('no'), send('end')];
    expect(follow([bought('a', 2, [send('yes')], [send('no')]), send('end')], both, 'a')).toEqual(to('no'));
    const cascade: Step = { kind: 'cascade', id: 'c', stages: [stage('email', 2), stage('sms')] };
    const shorter: Step = { kind: 'cascade', id: 'c', stages: [stage('sms')] };
    expect(follow([cascade, send('end')], [shorter, send('end')], 'c-email')).toEqual(to('c-sms'));
    expect(follow([wait('w', 2), wait('v', 2), send('end')], [send('end')], 'w')).toEqual(to('end'));
    expect(follow([wait('w', 2)], [send('end')], 'w')).toEqual({ to: null, ...stays });
  });

  it('comes to a step of another kind that has the id, also by the name of `moved`', () => {
    expect(passage('follow', [wait('w', 2), send('s')], [send('w')], 'w')).toEqual({ to: 'w', anew: true, shift: 0 });
    const moved = [{ from: 'w', to: 'n' }];
    expect(passage('follow', [wait('w', 2)], [send('n')], 'w', { moved })).toEqual({ to: 'n', anew: true, shift: 0 });
    expect(passage('migrate', [wait('w', 2)], [send('n')], 'w', { moved })).toEqual({ stuck: 'other-kind' });
  });

  it('ends by another kind of event where customers follow, and is barred where they migrate', () => {
    const on = { kind: 'event', event: 'order_paid' } as const;
    const by = (rule: InFlightRule) => passage(rule, [wait('w', 2)], [wait('w', 2)], 'w', { on });
    expect(by('follow')).toEqual({ to: null, ...stays });
    expect(by('migrate')).toEqual({ stuck: 'other-event' });
    const anybody: Partial<Campaign> = { on: { kind: 'manual' } };
    expect(passage('migrate', [wait('w', 2)], [wait('w', 2)], 'w', anybody)).toEqual({ to: 'w', ...stays });
  });
});
