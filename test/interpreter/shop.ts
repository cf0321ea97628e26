import { compileExpression } from '../../spec/expression/compile.ts';
import type { Field, FieldType } from '../../spec/model/data.ts';
import type { Model, Segment } from '../../spec/model/model.ts';
import { day, model } from '../world.ts';

const field = (name: string, type: FieldType): Field => ({ name, type, pii: false });

const list = (name: string): Field => ({
  ...field(name, 'list'),
  items: [
    field('sku', 'string'),
    field('price', 'money'),
    field('pieces', 'integer'),
    field('weight', 'number'),
    field('added', 'date'),
    field('seen', 'instant'),
    field('gift', 'boolean'),
  ],
});

const data: Model['data'] = {
  ...model().data,
  customers: {
    sources: [],
    attributes: [
      field('city', 'string'),
      field('email', 'email'),
      field('phone', 'phone'),
      field('zone', 'timezone'),
      field('points', 'integer'),
      field('weight', 'number'),
      field('spent', 'money'),
      field('vip', 'boolean'),
      field('birthday', 'date'),
      field('registered', 'instant'),
      list('wishes'),
    ],
  },
  events: [
    {
      name: 'order_paid',
      sources: [],
      fields: [
        field('total', 'money'),
        field('pieces', 'integer'),
        field('weight', 'number'),
        field('category', 'string'),
        field('gift', 'boolean'),
        field('deliver_on', 'date'),
        field('promised', 'instant'),
        list('items'),
      ],
    },
    { name: 'viewed', sources: [], fields: [field('category', 'string'), field('seconds', 'integer'), list('seen')] },
  ],
};

export const rfm = { event: 'order_paid', value: 'total', window: 9 * day };
export const currency = 'RUB';

const names = {
  rich: 'spent > 20 or in segment local',
  local: 'city in ("Омск", "Тула") and not points < 2',
};
/** A static segment. */
export const chosen = 'chosen';
const scope = { data, segments: [...Object.keys(names), chosen], channels: ['email', 'sms'], currency, rfm };

const segments = Object.entries(names).map(([name, text]): Segment => {
  const { expression, problems } = compileExpression(text, scope, 'condition');
  if (!expression) throw new Error(JSON.stringify(problems));
  return { name, where: expression };
});

/** A shop with an attribute, a field and a field of an item of every type. */
export const shop: Model = model({
  data,
  segments: [...segments, { name: chosen, sources: [] }],
  project: { ...model().project, timezone: 'Asia/Vladivostok', currency },
});

/** With what its expressions can speak of; `order_paid` is the trigger. */
export const shopScope = { ...scope, event: data.events[0] };
