import type { Surface } from '../../spec/convert.ts';
import { compileExpression } from '../../spec/expression/compile.ts';
import type { Campaign } from '../../spec/model/campaign.ts';
import type { Expression } from '../../spec/model/expression.ts';
import type { Model, Segment } from '../../spec/model/model.ts';
import { day, hour, model } from '../../test/world.ts';
import { compile } from '../compile/compile.ts';
import { type Documented, documented } from '../document/document.ts';
import type { Details } from './details.ts';

/** Of a forecast in which nothing happens. */
export const noDetails: Details = {
  recipients: { before: null, after: 0 },
  several: { before: null, after: 0 },
  steps: [],
  leaving: [],
  exits: [],
  refusals: [],
  overlaps: { pairs: 0, greatest: [] },
  days: [],
  hours: [],
  peaks: [],
  moves: [],
  experiments: [],
  messages: { changed: [], more: 0 },
};

/** An expression over the shop of `test/world.ts`, as text. */
export function expression(text: string, expected: 'condition' | 'number' = 'condition'): Expression {
  const { data } = model();
  const event = data.events.find((kind) => kind.name === 'cart_updated');
  const scope = { data, segments: ['buyers', 'big'], channels: ['email', 'sms'], ...(event && { event }) };
  const { expression, problems } = compileExpression(text, scope, expected);
  if (!expression) throw new Error(problems.map((problem) => problem.message).join(' '));
  return expression;
}

export function segment(name: string, where: string): Segment {
  return { name, where: expression(where) };
}

/** A cart campaign with a control arm and a cascade. */
export function cart(part: Partial<Campaign> = {}): Campaign {
  return {
    name: 'cart',
    title: 'Abandoned cart',
    category: 'marketing',
    priority: 0,
    on: { kind: 'event', event: 'cart_updated', when: expression('event.items_count > 0') },
    audience: expression('in segment buyers and city != "Moscow"'),
    exit: [{ event: 'order_paid' }],
    goal: { event: 'order_paid', within: 7 * day },
    reenter: { kind: 'after', ms: 7 * day },
    resumeWithin: 7 * day,
    expires: day,
    steps: [
      { kind: 'wait', id: 'wait-1', ms: 2 * hour },
      {
        kind: 'split',
        id: 'offer',
        arms: [
          { name: 'control', share: 1_000, control: true, steps: [] },
          {
            name: 'cascade',
            share: 9_000,
            control: false,
            steps: [
              {
                kind: 'cascade',
                id: 'nudge',
                stages: [
                  { id: 'nudge.email', channel: 'email', template: 'cart', until: 'opened', within: 2 * hour },
                  { id: 'nudge.sms', channel: 'sms', template: 'cart' },
                ],
              },
            ],
          },
        ],
      },
    ],
    ...part,
  };
}

/** A shop with a segment in use through another, and the cart campaign. */
export function shop(part: Partial<Model> = {}): Model {
  return model({
    segments: [segment('buyers', 'count(order_paid) > 0'), segment('big', 'in segment buyers and points > 100')],
    campaigns: [cart()],
    templates: [
      {
        name: 'cart',
        channel: 'email',
        variants: [{ path: 'templates/cart.email.hbs', subject: 'Your cart', body: '<p>Hello</p>\n{{> footer}}\n' }],
      },
    ],
    partials: [{ name: 'footer', path: 'templates/partials/footer.hbs', body: '<p>Bye</p>' }],
    policies: {
      quietHours: { from: 21 * 60, to: 9 * 60, otherwise: 'hold', transactional: false },
      caps: [{ name: 'daily', max: 1, per: 'calendar day' }],
    },
    ...part,
  });
}

/** The same with its Program and its document. */
export function shopWithDocument(part: Partial<Model> = {}, surface: Surface = 'yaml'): Documented {
  return documented(shop(part), compile(shop(part)), surface);
}
