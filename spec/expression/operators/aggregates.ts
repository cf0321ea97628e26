import type { EventKind } from '../../model/data.ts';
import type { AggregateExpression, AggregateFunction, Expression, ValueType } from '../../model/expression.ts';
import { printDuration } from '../../words/durations.ts';
import { later, t } from '../../words/t.ts';
import { refuse, unknown } from '../refuse.ts';
import type { Checks, Context } from '../scope.ts';
import type { CallSyntax, Name } from '../syntax.ts';
import { called, isNumeric, isOrdered } from '../types.ts';
import { type Family, functionsOf, type Meaning, meaning } from './family.ts';
import { eventNamed, fieldNamed, fieldType } from './names.ts';

const functions: Record<AggregateFunction, Meaning> = {
  count: meaning(
    'count(event)',
    later`How many such events the customer has.`,
    'count(order_paid in last 90 days) >= 2',
  ),
  sum: meaning(
    'sum(event.field)',
    later`The sum of a field over such events; 0 where there are none.`,
    'sum(order_paid.total where order_paid.category == "shoes") > 5000',
  ),
  avg: meaning(
    'avg(event.field)',
    later`The average of a field over such events; missing where there are none.`,
    'avg(order_paid.total) > 3000 RUB',
  ),
  min: meaning(
    'min(event.field)',
    later`The least value of a field among such events; missing where there are none.`,
    'min(order_paid.total) < 500 RUB',
  ),
  max: meaning(
    'max(event.field)',
    later`The greatest value of a field among such events; missing where there are none.`,
    'max(order_paid.total in last 30 days) > balance',
  ),
  first: meaning(
    'first(event), first(event.field)',
    later`The instant of the earliest such event, or its field; missing where there is none.`,
    'first(order_paid) < 365 days ago',
  ),
  last: meaning(
    'last(event), last(event.field)',
    later`The instant of the latest such event, or its field; missing where there is none.`,
    'last(order_paid) < 45 days ago',
  ),
  distinct: meaning(
    'distinct(event.field)',
    later`How many different values a field has among such events.`,
    'distinct(order_paid.category) >= 3',
  ),
};

export const aggregateFunctions = Object.keys(functions) as AggregateFunction[];

export const aggregates: Family<never, 'aggregate'> = {
  checks: {},
  functions: functionsOf(aggregateFunctions, checkAggregate),
  prints: {
    aggregate: {
      text: ({ fn, event, field, where, within }, { whole }) => {
        const subject = field === undefined ? event : `${event}.${field}`;
        const condition = where ? ` where ${whole(where, { aggregated: event })}` : '';
        const window = within === undefined ? '' : ` in last ${printDuration(within)}`;
        return `${fn}(${subject}${condition}${window})`;
      },
    },
  },
  meanings: {
    ...functions,
    'in last': meaning(
      'in last 90 days',
      later`Only of the events within this time up to now.`,
      'count(order_paid in last 90 days) >= 2',
    ),
    where: meaning(
      '… where condition',
      later`Only of those for which the condition holds.`,
      'any item in event.items where item.category == "shoes"',
    ),
  },
};

type Argument = { event: EventKind; field?: { name: string; type: ValueType } };

function checkAggregate(
  fn: AggregateFunction,
  call: CallSyntax,
  context: Context,
  checks: Checks,
): Expression | undefined {
  if (context.aggregated) {
    const help = t`Inside "where" stand the fields of ${context.aggregated.name} and of the customer.`;
    return refuse(context, 'CRM2046', call, t`An aggregate cannot stand inside another one.`, help);
  }
  if (context.item) {
    const help = t`Inside "where" stand the fields of ${context.item.name}, of the event and of the customer.`;
    return refuse(context, 'CRM2046', call, t`An aggregate cannot stand inside a question about a list.`, help);
  }
  const argument = checkArgument(fn, call, context);
  const where = call.where && argument && checks.condition(call.where, { ...context, aggregated: argument.event });
  const type = argument && resultType(fn, argument, call, context);
  if (!argument || !type || (call.where && !where)) return undefined;
  const node: AggregateExpression = { kind: 'aggregate', type, fn, event: argument.event.name };
  if (argument.field) node.field = argument.field.name;
  if (where) node.where = where;
  if (call.within !== undefined) node.within = call.within;
  return node;
}

function checkArgument(fn: AggregateFunction, call: CallSyntax, context: Context): Argument | undefined {
  const [argument, second] = call.args;
  if (!argument) return refuse(context, 'CRM2045', call, t`"${fn}" lacks what it is about.`, usage(fn));
  if (second)
    return refuse(context, 'CRM2045', second, t`"${fn}" takes one argument.`, t`A condition follows "where".`);
  switch (argument.kind) {
    case 'name':
      return withEvent(argument.name, context);
    case 'path': {
      if (argument.owner.text === 'event' && !eventNamed('event', context)) {
        const message = t`"event" is one event; an aggregate is about all events of a kind.`;
        return refuse(context, 'CRM2045', argument, message, usage(fn));
      }
      const found = withEvent(argument.owner, context);
      const field = found && fieldNamed(found.event, argument.name, context);
      const type = field && fieldType(field, argument.name, context);
      return found && field && type && { event: found.event, field: { name: field.name, type } };
    }
    case 'call':
      return refuse(context, 'CRM2046', argument, t`An aggregate cannot stand inside another one.`, usage(fn));
    case 'broken':
      return undefined;
    default:
      return refuse(context, 'CRM2045', argument, t`"${fn}" is about an event or a field of one.`, usage(fn));
  }
}

function usage(fn: AggregateFunction): string {
  const subject = fn === 'count' || fn === 'first' || fn === 'last' ? 'order_paid' : 'order_paid.total';
  return t`Write it such as ${fn}(${subject} where … in last 90 days).`;
}

function withEvent(name: Name, context: Context): Argument | undefined {
  const event = eventNamed(name.text, context);
  if (event) return { event };
  return unknown(
    context,
    'CRM2021',
    name,
    t`There is no event "${name.text}".`,
    context.scope.data.events.map((each) => each.name),
  );
}

function resultType(
  fn: AggregateFunction,
  { event, field }: Argument,
  at: CallSyntax,
  context: Context,
): ValueType | undefined {
  if (fn === 'count') {
    if (!field) return 'integer';
    const help = t`Write count(${event.name} where ${event.name}.${field.name} is not missing), or distinct(${event.name}.${field.name}).`;
    return refuse(context, 'CRM2047', at, t`"count" counts events, not fields.`, help);
  }
  if (!field) {
    if (fn === 'first' || fn === 'last') return 'instant';
    return refuse(context, 'CRM2045', at, t`"${fn}" needs a field of ${event.name}.`, fieldsFor(fn, event));
  }
  if ((fn === 'sum' || fn === 'avg') && !isNumeric(field.type)) {
    return refuse(
      context,
      'CRM2047',
      at,
      t`"${fn}" needs a number, but ${field.name} is ${called(field.type)}.`,
      fieldsFor(fn, event),
    );
  }
  if ((fn === 'min' || fn === 'max') && !isOrdered(field.type)) {
    return refuse(
      context,
      'CRM2047',
      at,
      t`"${fn}" needs an order, and ${called(field.type)} has none.`,
      fieldsFor(fn, event),
    );
  }
  if (fn === 'distinct') return 'integer';
  return fn === 'avg' && field.type === 'integer' ? 'number' : field.type;
}

function fieldsFor(fn: AggregateFunction, event: EventKind): string | undefined {
  const numeric = fn === 'sum' || fn === 'avg';
  const fitting = event.fields.filter(({ type }) =>
    numeric
      ? ['integer', 'number', 'money'].includes(type)
      : !['list', ...(fn === 'distinct' ? [] : ['string', 'boolean'])].includes(type),
  );
  return fitting[0] && t`Such as ${fn}(${event.name}.${fitting[0].name}).`;
}
