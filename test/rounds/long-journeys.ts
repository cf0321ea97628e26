import type { Campaign, Step } from '../../spec/model/campaign.ts';
import { campaign, day, hour } from '../world.ts';

const wait = (id: string, hours: number): Step => ({ kind: 'wait', id, ms: hours * hour });
const send = (id: string, channel = 'email'): Step => ({ kind: 'send', id, channel, template: 't' });
const until = (id: string, minuteOfDay: number, weekday: number): Step => ({
  ...{ kind: 'until', id, minuteOfDay },
  weekdays: [weekday],
});
const paid = (id: string, hours: number, then: Step[], other: Step[]): Step => ({
  ...{ kind: 'await', id, event: 'order_paid', within: hours * hour },
  ...{ then, else: other },
});
const stage = (id: string, channel: string, hours?: number) => ({
  ...{ id, channel, template: 't' },
  ...(hours && { until: 'opened' as const, within: hours * hour }),
});
/** Divides customers evenly, so that each branch has some when campaigns change. */
function spread(id: string, branches: Step[][]): Step {
  const share = Math.floor(10_000 / branches.length);
  const rest = 10_000 - share * (branches.length - 1);
  const arms = branches.map((steps, i) => ({
    ...{ name: `arm-${i}`, share: i === 0 ? rest : share },
    ...{ control: false, steps },
  }));
  return { kind: 'split', id, arms };
}

/** A campaign whose times and ids change while most customers wait, or are held by quiet hours. */
const timers: [Step[], Step[], Campaign['moved']] = [
  [
    spread('d-spread', [
      [wait('d-old', 40), send('d1')],
      [paid('d-paid', 50, [send('d-yes')], [send('d-no', 'sms')])],
      [until('d-until', 14 * 60 + 30, 1), send('d2', 'sms')],
      [send('d-held'), wait('d-rest', 30)],
    ]),
    wait('d-tail', 12),
    send('d-end'),
  ],
  [
    spread('d-spread', [
      [wait('d-new', 20), send('d1')],
      [paid('d-paid', 14, [send('d-yes')], [send('d-no', 'sms')])],
      [until('d-until', 9 * 60 + 15, 7), send('d-two', 'sms')],
      [send('d-held', 'sms'), wait('d-rest', 30)],
    ]),
    wait('d-tail', 30),
    send('d-more', 'sms'),
    send('d-end'),
  ],
  [
    { from: 'd-old', to: 'd-new' },
    { from: 'd2', to: 'd-two' },
  ],
];

const shares = (first: number): Step => ({
  kind: 'split',
  id: 'e-draw',
  arms: [
    { name: 'a', share: first, control: false, steps: [wait('e-in-a', 15), send('e-a')] },
    { name: 'b', share: 10_000 - first, control: false, steps: [wait('e-in-b', 25), send('e-b', 'sms')] },
  ],
});
/** A campaign whose cascade stages, order of sends and shares change. */
const branches: [Step[], Step[]] = [
  [
    spread('e-spread', [
      [{ kind: 'cascade', id: 'e', stages: [stage('e1', 'email', 40), stage('e2', 'sms', 20), stage('e3', 'promo')] }],
      [send('e-first', 'sms'), wait('e-wait', 26), send('e-second')],
      [wait('e-before', 30)],
    ]),
    shares(8_000),
    send('e-end', 'promo'),
  ],
  [
    spread('e-spread', [
      [{ kind: 'cascade', id: 'e', stages: [stage('e1', 'email', 16), stage('e3', 'promo', 20), stage('e2', 'sms')] }],
      [wait('e-wait', 26), send('e-second'), send('e-first', 'sms')],
      [wait('e-before', 30)],
    ]),
    shares(2_000),
    send('e-end', 'promo'),
  ],
];

/** A campaign that loses occupied steps, or gets steps of another kind in their place. */
const losses: [Step[], Step[]] = [
  [
    spread('f-spread', [
      [paid('f-gone', 60, [send('f-yes')], [send('f-no', 'sms')])],
      [{ kind: 'cascade', id: 'f', stages: [stage('f1', 'email', 50), stage('f2', 'sms')] }],
      [wait('f-kind', 45), send('f-then')],
      [wait('f-lost', 45), wait('f-left', 10)],
    ]),
    send('f-end'),
  ],
  [
    spread('f-spread', [
      [wait('f-first', 3), send('f-yes'), send('f-no', 'sms')],
      [{ kind: 'cascade', id: 'f', stages: [stage('f2', 'sms')] }],
      [send('f-kind', 'sms'), send('f-then')],
      [wait('f-left', 40)],
    ]),
    send('f-end'),
  ],
];

type Change = [Campaign, Campaign];

/** Campaigns that have customers at every kind of step when they change, as they are before and after; `losses`: also at steps that go. */
export function longJourneys(): Record<'timers' | 'branches' | 'losses', Change> {
  const pair = (name: string, [before, after]: [Step[], Step[]], part: Partial<Campaign>, moved?: Campaign['moved']) =>
    [
      campaign({ ...part, name, steps: before }),
      campaign({ ...part, name, steps: after, ...(moved && { moved }) }),
    ] satisfies Change;
  const [before, after, moved] = timers;
  const reenter = { kind: 'always' } as const;
  return {
    timers: pair('d', [before, after], { reenter, expires: day }, moved),
    branches: pair('e', branches, { reenter: { kind: 'after', ms: 6 * hour } }),
    losses: pair('f', losses, { reenter, category: 'transactional' }),
  };
}
