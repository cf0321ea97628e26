import type { Field, FieldType } from '../model/data.ts';
import type { Scope } from './scope.ts';

const types: FieldType[] = ['string', 'integer', 'number', 'money', 'boolean', 'date', 'instant', 'email', 'list'];

function fields(prefix: string): Field[] {
  const items: Field[] = [
    { name: 'price', type: 'money', pii: false },
    { name: 'category', type: 'string', pii: false },
    { name: 'in', type: 'integer', pii: false },
  ];
  return types.map((type) => ({ name: `${prefix}_${type}`, type, pii: false, ...(type === 'list' && { items }) }));
}

/** A shop may call its attributes what the language calls its operators. */
export const wordsOfTheLanguage = [
  ...['and', 'or', 'not', 'is', 'in', 'between', 'true', 'AND', 'NOT'],
  ...['contains', 'starts', 'ends', 'matches', 'with', 'then', 'within', 'top', 'bottom', 'by', 'any', 'all', 'item'],
  ...['today', 'rfm', 'consent', 'age'],
  ...['missing', 'ago', 'segment', 'reachable', 'where', 'last', 'count', 'event', 'customer', 'days'],
];

/** A data model with a field of each type: `a_money` is an attribute, `f_money` a field of the event `order_paid`. */
export const shop: Scope = {
  data: {
    customers: {
      sources: [],
      attributes: [
        ...fields('a'),
        { name: 'city', type: 'string', pii: false },
        { name: 'now', type: 'instant', pii: false },
        ...wordsOfTheLanguage.map((name): Field => ({ name, type: 'boolean', pii: false })),
        { name: 'a_instant_of', type: 'instant', pii: false },
      ],
    },
    events: [
      { name: 'order_paid', sources: [], fields: [...fields('f'), { name: 'total', type: 'money', pii: false }] },
      { name: 'viewed', sources: [], fields: [{ name: 'sku', type: 'string', pii: false }] },
    ],
    consent: [],
    feedback: [],
    suppressions: [],
  },
  segments: ['vip', 'big-spenders', 'now'],
  channels: ['email', 'web-push'],
  currency: 'RUB',
  rfm: { event: 'order_paid', value: 'total', window: 365 * 86_400_000 },
};
