import type { Campaign, Step, Trigger } from '../../spec/model/campaign.ts';
import type { Expression } from '../../spec/model/expression.ts';
import { campaign, day, hour, minute } from '../world.ts';

const always = { kind: 'always' } as const;
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
const send = (id: string, channel: string): Step => ({ kind: 'send', id, channel, template: 't' });
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
const sends = [send('send-1', 'email')];
const transactional = { category: 'transactional', reenter: always } as const;

type Pair = [Partial<Campaign>, Partial<Campaign>];

const pairs: Pair[] = [
  // Members change by what journeys write, at the very refresh, and by attributes alone.
  [
    { ...transactional, steps: [wait('wait-1', 30 * minute), points(3)] },
    { ...transactional, on: member('pointed'), steps: sends },
  ],
  [
    { ...transactional, steps: [wait('wait-1', 2 * hour), points(0)] },
    { ...transactional, on: leaver('pointed'), steps: sends },
  ],
  [
    { ...transactional, on: member('busy', true), steps: sends },
    { ...transactional, on: leaver('busy'), steps: sends },
  ],
  [
    { ...transactional, on: member('lapsed'), steps: sends },
    { ...transactional, on: leaver('lapsed'), steps: sends },
  ],
  [
    { ...transactional, on: member('rich'), steps: sends },
    { ...transactional, on: leaver('rich'), steps: sends },
  ],
  [
    {
      ...transactional,
      steps: [wait('wait-1', 30 * minute), list('add'), wait('wait-2', 13 * hour), list('remove')],
    },
    { ...transactional, on: member('list'), steps: sends },
  ],
  [
    { ...transactional, on: member('willing'), steps: sends },
    { ...transactional, on: leaver('willing'), steps: sends },
  ],
  // Customers answer one message while the channel of another is chosen.
  [
    { ...transactional, steps: [preferred('cascade-1'), wait('wait-1', 30 * minute), preferred('cascade-2')] },
    { ...transactional, steps: [wait('wait-1', hour), preferred('cascade-1')] },
  ],
  // A provider reports that a message has arrived.
  [
    {
      ...transactional,
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
    { ...transactional, steps: sends },
  ],
  // The clock looks at customers of whom an event has been the first sign.
  [
    { ...transactional, on: { kind: 'schedule', cron: '15 */6 * * *', zone: 'project' }, steps: sends },
    {
      ...transactional,
      on: { kind: 'schedule', cron: '30 1,2,14 * * *', zone: 'customer' },
      steps: [halfPastTwo, ...sends],
    },
  ],
  [
    { ...transactional, on: birthday(0), steps: sends },
    { ...transactional, on: birthday(1), steps: [halfPastTwo, ...sends] },
  ],
  // What ends a wait or a journey happens as it begins or ends.
  [
    {
      ...transactional,
      on: { kind: 'event', event: 'cart_updated', restart: true },
      goal: { event: 'order_paid', within: hour },
      steps: [wait('wait-1', day), ...sends],
    },
    {
      ...transactional,
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
/** Members change by what others do. */
const ranked: Pair = [
  { ...transactional, on: member('best'), steps: sends },
  { ...transactional, on: leaver('best'), steps: sends },
];

/** Pairs of campaigns with the names `b` and `c` that are about what only simulations in rounds have to foresee. */
export const pairsOf = (withRanks: boolean): [Campaign, Campaign][] =>
  [...pairs, ...(withRanks ? Array<Pair>(6).fill(ranked) : [])].map(([one, other]) => [
    campaign({ ...one, name: 'b' }),
    campaign({ ...other, name: 'c' }),
  ]);
