import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { ValueType } from '../../../spec/model/expression.ts';
import type { Aggregate, Query } from '../../program/program.ts';
import { at } from '../../program/query.ts';
import { type Dialect, ident } from '../dialect.ts';
import { joined, perInstant, since, source, where } from './source.ts';
import type { Nodes, QueryContext, Writer } from './writer.ts';

export const aggregates: Nodes<'aggregated'> = {
  aggregated: { scalar: ({ index }, { query }) => column(at(query.aggregates, index), index, query) },
};

/** One pass over the events of each kind computes all aggregates of it. */
export function passes(writer: Writer): Sql[] {
  return kindsOf(writer.query).map((kind, index) => pass(kind, `q${index}`, writer));
}

/** Returns the column of an aggregate. A count and a sum of no events are 0; every other aggregate of none is missing. */
function column(aggregate: Aggregate, index: number, query: Query): Sql {
  const joined = sql`${raw(`q${kindsOf(query).indexOf(aggregate.event)}`)}.${raw(`a${index}`)}`;
  return ['count', 'distinct', 'sum'].includes(aggregate.fn) ? sql`coalesce(${joined}, 0)` : joined;
}

function kindsOf({ aggregates }: Query): string[] {
  return [...new Set(aggregates.map((aggregate) => aggregate.event))];
}

function pass(kind: string, alias: string, writer: Writer): Sql {
  const { context, query } = writer;
  const { now } = context.moments;
  const mine = [...query.aggregates.entries()].filter(([, aggregate]) => aggregate.event === kind);
  const alone = mine.length === 1;
  const filters = mine.map(([, aggregate]) => filter(aggregate, writer));
  const columns = mine.map(([i, aggregate], k) => {
    const filter = filters[k];
    const only = filter && !alone ? sql` FILTER (WHERE ${filter})` : empty;
    return sql`${computed(aggregate, only, context.dialect)} AS ${raw(`a${i}`)}`;
  });
  const { from, wheres, lateral } = source(
    kind,
    mine.flatMap(([, aggregate]) => aggregate.where ?? []),
    context,
  );
  const kept = [...wheres, ...rows(mine, alone ? filters[0] : undefined, context)];
  return joined(
    sql`SELECT v.customer${perInstant(context, now)}, ${join(columns)} FROM ${from}${where(kept)}
      GROUP BY v.customer${perInstant(context, now)}`,
    alias,
    context,
    lateral,
  );
}

/** A lone aggregate's filter, or the widest window of several, keeps rows out before they are grouped. */
function rows(mine: [number, Aggregate][], filter: Sql | undefined, context: QueryContext): Sql[] {
  if (filter) return [filter];
  const windows = mine.flatMap(([, { within }]) => within ?? []);
  return windows.length === mine.length ? [since(Math.max(...windows), context)] : [];
}

function filter(aggregate: Aggregate, { context, condition }: Writer): Sql | undefined {
  const parts = [
    ...(aggregate.within === undefined ? [] : [since(aggregate.within, context)]),
    ...(aggregate.where ? [condition(aggregate.where, true)] : []),
  ];
  return parts.length > 0 ? join(parts, ' AND ') : undefined;
}

function computed({ fn, field, type }: Aggregate, filter: Sql, dialect: Dialect): Sql {
  const value = field === undefined ? undefined : sql`v.${ident(field)}`;
  switch (fn) {
    case 'count':
      return value ? sql`count(${value})${filter}` : sql`count(*)${filter}`;
    case 'distinct':
      return sql`count(DISTINCT ${value ?? sql`v.id`})${filter}`;
    case 'avg':
    case 'sum':
      return cast(sql`${raw(fn)}(${value})${filter}`, type, dialect);
    case 'min':
    case 'max':
      return sql`${raw(fn)}(${value ?? sql`v.at`})${filter}`;
    case 'first':
    case 'last':
      if (!value) return sql`${raw(fn === 'last' ? 'max' : 'min')}(v.at)${filter}`;
      return dialect.edge(fn, value, sql`v.at`, sql`v.seq`, filter);
  }
}

const sums = { integer: 'bigint', money: 'decimal', number: 'double' } as const;

function cast(value: Sql, type: ValueType, { types }: Dialect): Sql {
  return type in sums ? sql`(${value})::${raw(types[sums[type as keyof typeof sums]])}` : value;
}
