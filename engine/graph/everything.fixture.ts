import type { Campaign, Step } from '../../spec/model/campaign.ts';
import type { Expression } from '../../spec/model/expression.ts';

const hour = 3_600_000;
const day = 24 * hour;

const city = (value: string): Expression => ({
  kind: 'compare',
  type: 'boolean',
  op: '==',
  left: { kind: 'attribute', type: 'string', name: 'city' },
  right: { kind: 'literal', type: 'string', value },
});

const send = (id: string, channel: string): Step => ({ kind: 'send', id, channel, template: 'cart/reminder' });

const stages = (prefix: string) => [
  { id: `${prefix}-1`, channel: 'sms', template: 'cart/short', until: 'clicked' as const, within: 2 * hour },
  { id: `${prefix}-2`, channel: 'push', template: 'cart/push', until: 'opened' as const, within: day },
];

/** Every kind of step, with texts that are hard to draw. */
export const everything: Campaign = {
  name: 'everything',
  title: 'Всё сразу: "скобки" [a] {b} <c> & #35; — end',
  category: 'marketing',
  priority: 0,
  on: { kind: 'date', attribute: 'birthday', days: -3, minuteOfDay: 600, yearly: { leapDay: 'march 1' } },
  audience: city('Нижний "Новгород"; style a:#b; и очень длинное название города, которое не помещается в строку'),
  exit: [{ event: 'order_paid' }, { event: 'cart_updated', when: city('`x`') }],
  goal: { event: 'order_paid', within: 7 * day, value: { kind: 'field', type: 'money', of: 'trigger', name: 'total' } },
  reenter: { kind: 'after', ms: day },
  resumeWithin: 7 * day,
  expires: day,
  steps: [
    { kind: 'wait', id: 'wait-1', ms: 90 * 60_000 },
    { kind: 'until', id: 'wait-2', minuteOfDay: 615, weekdays: [1, 5] },
    { kind: 'set', id: 'set-3', values: [{ attribute: 'city', value: city('x') }] },
    { kind: 'add', id: 'add-4', segment: 'vips' },
    {
      kind: 'split',
      id: 'offer',
      sticky: false,
      arms: [
        { name: 'control', share: 1000, control: true, steps: [] },
        { name: 'nothing', share: 1250, control: false, steps: [] },
        {
          name: 'cheap',
          share: 3750,
          control: false,
          steps: [{ kind: 'cascade', id: 'cascade-1', order: 'cheapest', stages: stages('cheap') }],
        },
        {
          name: 'liked',
          share: 4000,
          control: false,
          steps: [{ kind: 'cascade', id: 'cascade-2', order: 'preferred', stages: stages('liked') }],
        },
      ],
    },
    {
      kind: 'await',
      id: 'review',
      event: 'review_written',
      when: city('y'),
      within: 3 * day,
      then: [{ kind: 'webhook', id: 'tell', channel: 'crm-api', fields: ['tier', 'event.total'] }],
      else: [{ kind: 'task', id: 'call', channel: 'managers', template: 'churn/call' }],
    },
    { kind: 'if', id: 'if-7', condition: city('z'), then: [], else: [] },
    {
      kind: 'if',
      id: 'if-8',
      condition: city('q'),
      then: [send('send-9', 'email'), { kind: 'exit', id: 'exit-10', reason: 'happy' }],
      else: [{ kind: 'remove', id: 'remove-11', segment: 'vips' }],
    },
    { kind: 'webhook', id: 'last', channel: 'crm-api', fields: [] },
  ],
};
