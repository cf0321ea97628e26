import type { Campaign, Step, Trigger } from '../../spec/model/campaign.ts';
import type { Expression } from '../../spec/model/expression.ts';
import { campaign, day, hour, minute } from '../world.ts';

const member = (segment: string, existing = false): Trigger => ({ kind: 'segment', segment, existing });
const leaver = (segment: string): Trigger => ({ kind: 'leaving', segment });
const birthday = (days: number): Trigger => ({
  kind: 'date',
  attribute: 'born',
  days,
  minuteOfDay: 14 * 60 + 30,
  yearly: { leapDay: 'march 1' },
});
const wait = (id: string, ms: number): Step => ({ kind: 'wait', id, ms });
const points = (value: number): Step => {
  const given: Expression = { kind: 'literal', type: 'integer', value };
  return { kind: 'set', id: 'set-1', values: [{ attribute: 'points', value: given }] };
};
const preferred = (id: string): Step => ({
  kind: 'cascade',
  id,
  order: 'preferred',
  stages: ['email', 'sms', 'promo'].map((channel) => ({
    id: `${id}-${channel}`,
    channel,
    template: 't',
    until: 'opened',
    within: 20 * minute,
  })),
});
const list = (kind: 'add' | 'remove'): Step => ({ kind, id: `${kind}-1`, segment: 'list' });
/** In that very minute schedules and birthdays let customers in. */
const halfPastTwo: Step = { kind: 'until', id: 'until-1', minuteOfDay: 14 * 60 + 30 };
const sends: Step[] = [{ kind: 'send', id: 'send-1', channel: 'email', template: 't' }];

type Pair = [Partial<Campaign>, Partial<Campaign>];

const pairs: Pair[] = [
  // Customers enter and leave segments by what journeys write, at the very refresh, and by attributes alone.
  [{ steps: [wait('wait-1', 30 * minute), points(3)] }, { on: member('pointed'), steps: sends }],
  [{ steps: [wait('wait-1', 2 * hour), points(0)] }, { on: leaver('pointed'), steps: sends }],
  [
    { on: member('busy', true), steps: sends },
    { on: leaver('busy'), steps: sends },
  ],
  [
    { on: member('lapsed'), steps: sends },
    { on: leaver('lapsed'), steps: sends },
  ],
  [
    { on: member('rich'), steps: sends },
    { on: leaver('rich'), steps: sends },
  ],
  [
    {
      steps: [wait('wait-1', 30 * minute), list('add'), wait('wait-2', 13 * hour), list('remove')],
    },
    { on: member('list'), steps: sends },
  ],
  [
    { on: member('willing'), steps: sends },
    { on: leaver('willing'), steps: sends },
  ],
  // Customers answer one message while the channel of another is chosen.
  [
    { steps: [preferred('cascade-1'), wait('wait-1', 30 * minute), preferred('cascade-2')] },
    { steps: [wait('wait-1', hour), preferred('cascade-1')] },
  ],
  // A provider reports that a message has arrived.
  [
    {
      steps: [
        {
          kind: 'cascade',
          id: 'cascade-1',
          stages: [
            { id: 'cascade-1-email', channel: 'email', template: 't', until: 'delivered', within: 7 * hour },
            { id: 'cascade-1-sms', channel: 'sms', template: 't' },
          ],
        },
      ],
    },
    { steps: sends },
  ],
  // The clock looks at customers of whom an event has been the first sign.
  [
    { on: { kind: 'schedule', cron: '15 */6 * * *', zone: 'project' }, steps: sends },
    {
      on: { kind: 'schedule', cron: '30 1,2,14 * * *', zone: 'customer' },
      steps: [halfPastTwo, ...sends],
    },
  ],
  [
    { on: birthday(0), steps: sends },
    { on: birthday(1), steps: [halfPastTwo, ...sends] },
  ],
  // The event that ends a wait or a journey happens when the wait or the journey begins or ends.
  [
    {
      on: { kind: 'event', event: 'cart_updated', restart: true },
      goal: { event: 'order_paid', within: hour },
      steps: [wait('wait-1', day), ...sends],
    },
    {
      steps: [
        {
          kind: 'await',
          id: 'await-1',
          event: 'order_paid',
          within: 6 * hour,
          then: [{ kind: 'exit', id: 'exit-1', reason: 'ordered' }],
          else: sends,
        },
      ],
    },
  ],
];
/** Customers enter and leave this segment by what other customers do. */
const ranked: Pair = [
  { on: member('best'), steps: sends },
  { on: leaver('best'), steps: sends },
];

/** Pairs of campaigns with the names `b` and `c` that are about what only simulations in rounds have to foresee. */
export function pairsOf(withRanks: boolean): [Campaign, Campaign][] {
  const all = [...pairs, ...(withRanks ? Array<Pair>(6).fill(ranked) : [])];
  const reenter = { kind: 'always' } as const;
  return (['marketing', 'transactional'] as const).flatMap((category) =>
    all.map(([one, other]): [Campaign, Campaign] => [
      campaign({ category, reenter, ...one, name: 'b' }),
      campaign({ category, reenter, ...other, name: 'c' }),
    ]),
  );
}
