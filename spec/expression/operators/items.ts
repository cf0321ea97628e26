import type { Field } from '../../model/data.ts';
import type { Expression, Items } from '../../model/expression.ts';
import { later, t } from '../../words/t.ts';
import { refuse, unknown } from '../refuse.ts';
import type { Checks, Context } from '../scope.ts';
import type { ItemsSyntax, Name, Syntax } from '../syntax.ts';
import { type Family, levels, meaning } from './family.ts';
import { eventNamed } from './names.ts';

interface List {
  of: Items<Expression>['of'];
  field: Field;
}

const example = 'any item in event.items where item.price > 100';

export const items: Family<'items', 'items'> = {
  checks: { items: checkItems },
  prints: {
    items: {
      level: ({ fn }) => (fn === 'count' ? levels.value : levels.items),
      text: ({ fn, of, list, item, where }, { owners, whole }) => {
        const owner = of === 'trigger' ? 'event' : of === 'customer' ? 'customer' : owners.aggregated;
        const condition = where ? ` where ${whole(where, { ...owners, item })}` : '';
        const text = `${item} in ${owner}.${list}${condition}`;
        return fn === 'count' ? `count(${text})` : `${fn} ${text}`;
      },
    },
  },
  meanings: {
    any: meaning(
      'any item in list where …',
      later`True if the condition holds for at least one item of a list.`,
      'any item in event.items where item.category == "shoes"',
    ),
    all: meaning(
      'all item in list where …',
      later`True if the condition holds for every item of a list; also for an empty one.`,
      'all item in wishes where item.price < 1000',
    ),
  },
};

/** Checks `any item in event.items where …`, `all …`, `count(…)`. */
function checkItems(syntax: ItemsSyntax, context: Context, checks: Checks): Expression | undefined {
  const { fn, item } = syntax;
  if (context.item) {
    const help = t`Inside "where" stand the fields of ${context.item.name}, of the event and of the customer.`;
    return refuse(context, 'CRM2046', syntax, t`A question about a list cannot stand inside another one.`, help);
  }
  if (fn.text !== 'any' && fn.text !== 'all' && fn.text !== 'count') {
    return refuse(
      context,
      'CRM2045',
      fn,
      t`"${fn.text}" is not about lists.`,
      t`Write "count", or for example: ${example}.`,
    );
  }
  if (fn.text === 'all' && !syntax.where) {
    return refuse(context, 'CRM2045', syntax, t`"all" lacks its condition.`, t`A condition follows "where".`);
  }
  const taken = ['customer', 'event', 'rfm'].includes(item.text) || eventNamed(item.text, context);
  if (taken) {
    return refuse(
      context,
      'CRM2031',
      item,
      t`"${item.text}" means something else already.`,
      t`Call it otherwise: ${example}.`,
    );
  }
  const list = listAt(syntax.list, context);
  if (!list) return undefined;
  const fields = list.field.items ?? [];
  const where = syntax.where && checks.condition(syntax.where, { ...context, item: { name: item.text, fields } });
  if (syntax.where && !where) return undefined;
  const type = fn.text === 'count' ? 'integer' : 'boolean';
  const node: Items<Expression> = {
    kind: 'items',
    type,
    fn: fn.text,
    of: list.of,
    list: list.field.name,
    item: item.text,
  };
  return where ? { ...node, where } : node;
}

function listAt(syntax: Syntax, context: Context): List | undefined {
  const { scope, aggregated } = context;
  if (syntax.kind === 'name')
    return among(syntax.name, scope.data.customers.attributes, 'customer', undefined, context);
  if (syntax.kind === 'broken') return undefined;
  if (syntax.kind !== 'path') {
    return refuse(context, 'CRM2045', syntax, t`Only a field of type list has items.`, t`For example: ${example}.`);
  }
  const { owner, name } = syntax;
  if (owner.text === aggregated?.name) return among(name, aggregated.fields, 'aggregated', aggregated.name, context);
  if (owner.text === 'customer') return among(name, scope.data.customers.attributes, 'customer', undefined, context);
  if (owner.text === 'event' && scope.event)
    return among(name, scope.event.fields, 'trigger', scope.event.name, context);
  if (owner.text === 'event') {
    const help =
      scope.instead ??
      t`Only a campaign that an event starts has one. For past events: count(order_paid where any item in …).`;
    return refuse(context, 'CRM2027', owner, t`There is no event here that "event" could stand for.`, help);
  }
  const past = eventNamed(owner.text, context);
  if (past) {
    const inside = `${past.name} where any item in ${past.name}.${name.text} where …`;
    const help = t`Ask about them with an aggregate: ${`count(${inside}) > 0`}.`;
    return refuse(context, 'CRM2029', syntax, t`"${past.name}" names all events of a kind, not one value.`, help);
  }
  const owners = ['customer', ...(scope.event ? ['event'] : []), ...(aggregated ? [aggregated.name] : [])];
  return unknown(context, 'CRM2021', owner, t`There is no event "${owner.text}".`, owners);
}

function among(
  name: Name,
  fields: Field[],
  of: List['of'],
  event: string | undefined,
  context: Context,
): List | undefined {
  const field = fields.find((each) => each.name === name.text);
  const lists = fields.filter((each) => each.type === 'list').map((each) => each.name);
  if (!field) {
    const message =
      event === undefined ? t`The customer has no field "${name.text}".` : t`${event} has no field "${name.text}".`;
    return unknown(context, 'CRM2022', name, message, lists);
  }
  if (field.type === 'list') return { of, field };
  const help = lists[0] ? t`A list is ${lists.join(', ')}.` : t`No field there is a list.`;
  return refuse(context, 'CRM2028', name, t`"${name.text}" is not a list and has no items.`, help);
}
