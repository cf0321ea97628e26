import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Arithmetic, Literal, TextTest, ValueType } from '../../../spec/model/expression.ts';
import type { Scalar } from '../../program/program.ts';
import { at } from '../../program/query.ts';
import type { ColumnType } from '../database.ts';
import { type Dialect, ident } from '../dialect.ts';
import { addressOf, type Frame } from './asking.ts';
import { calendar } from './calendar.ts';
import { items } from './items.ts';
import { aggregateColumn } from './passes.ts';
import { patternText } from './pattern.ts';
import { rankedIn } from './rankings.ts';
import { score } from './scores.ts';
import { found } from './sequences.ts';
import { today } from './today.ts';

const operators = { '==': '=', '!=': '<>', '<': '<', '<=': '<=', '>': '>', '>=': '>=' } as const;

/** `loose`: the caller takes null for false, so a comparison needs no guard and stays visible to the planner. */
export function condition(node: Scalar, frame: Frame, loose: boolean): Sql {
  switch (node.kind) {
    case 'and':
    case 'or':
      return sql`(${join(
        node.operands.map((operand) => condition(operand, frame, loose)),
        ` ${node.kind.toUpperCase()} `,
      )})`;
    case 'not':
      return sql`(NOT ${condition(node.operand, frame, false)})`;
    case 'missing':
      return sql`(${scalar(node.operand, frame)} IS NULL)`;
    case 'compare':
      return guard(sql`(${scalar(node.left, frame)} ${raw(operators[node.op])} ${scalar(node.right, frame)})`, loose);
    case 'in':
      return guard(
        sql`(${scalar(node.operand, frame)} IN (${join(node.values.map((value) => scalar(value, frame)))}))`,
        loose,
      );
    case 'text':
      return guard(text(node, frame), loose);
    case 'reachable':
      return reachable(node.channel, frame);
    case 'consent':
      return consent(node.channel);
    case 'listed':
      return sql`EXISTS (SELECT 1 FROM listing l WHERE l.segment = ${node.segment} AND l.customer = c.customer)`;
    case 'sequenced':
      return found(node.index);
    case 'ranked':
      return guard(rankedIn(node), loose);
    case 'items':
      return itemsOf(node, frame);
    default:
      return guard(scalar(node, frame), loose);
  }
}

export function scalar(node: Scalar, frame: Frame): Sql {
  const { asking, query } = frame;
  switch (node.kind) {
    case 'literal':
      return literal(node, asking.dialect);
    case 'attribute':
      return sql`c.${ident(node.name)}`;
    case 'field':
      if (node.of === 'item') return cast(asking.dialect.itemField(node.name), node.type, asking.dialect);
      return node.of === 'trigger' ? sql`t.${ident(node.name)}` : sql`v.${ident(node.name)}`;
    case 'ago':
      return sql`${asking.now - node.ms}::bigint`;
    case 'today':
      return today(asking);
    case 'aggregated':
      return aggregateColumn(at(query.aggregates, node.index), node.index, frame);
    case 'scored':
      return score(node.part, asking.dialect);
    case 'arithmetic':
      return arithmetic(node, frame);
    case 'calendar':
      return calendar(node.fn, scalar(node.operand, frame), () => today(asking));
    case 'items':
      return itemsOf(node, frame);
    default:
      return condition(node, frame, false);
  }
}

function guard(condition: Sql, loose: boolean): Sql {
  return loose ? condition : sql`coalesce(${condition}, FALSE)`;
}

const columns: Record<ValueType, ColumnType> = {
  string: 'text',
  integer: 'bigint',
  number: 'double',
  money: 'decimal',
  boolean: 'boolean',
  date: 'date',
  instant: 'bigint',
  duration: 'bigint',
};

function cast(value: Sql, type: ValueType, dialect: Dialect): Sql {
  return sql`(${value})::${raw(dialect.types[columns[type]])}`;
}

/** Beyond every amount that can be stored, so that a comparison with more is the same. */
const most = 99_999_999_999_999;

function literal({ type, value }: Literal, dialect: Dialect): Sql {
  if (type === 'boolean') return value ? sql`TRUE` : sql`FALSE`;
  if (type === 'string') return sql`${value}::${raw(dialect.types.text)}`;
  if (type === 'date') return sql`${value}::date`;
  return cast(sql`${type === 'money' ? Math.max(-most, Math.min(most, Number(value))) : value}`, type, dialect);
}

function arithmetic(node: Arithmetic<Scalar>, frame: Frame): Sql {
  const { dialect } = frame.asking;
  const left = scalar(node.left, frame);
  const right = scalar(node.right, frame);
  const day = sql`86400000::bigint`;
  if (node.left.type === 'date') {
    if (node.type === 'duration') return sql`((${left} - ${right})::bigint * ${day})`;
    const days = node.right.kind === 'literal' ? Number(node.right.value) / 86_400_000 : 0;
    return sql`(${left} ${raw(node.op)} ${days}::integer)`;
  }
  const double = raw(dialect.types.double);
  // By zero: missing, as everything that cannot be known is.
  if (node.op === '/')
    return bounded(sql`((${left})::${double} / nullif((${right})::${double}, 0))`, node.type, dialect);
  if (node.op !== '*') {
    if (node.type !== 'money') return cast(sql`(${left} ${raw(node.op)} ${right})`, node.type, dialect);
    return bounded(sql`(${left}::decimal(38,4) ${raw(node.op)} ${right})`, 'money', dialect);
  }
  const wide = raw(dialect.wide);
  const product = node.type === 'integer' ? sql`(${left}::${wide} * ${right}::${wide})` : sql`(${left} * ${right})`;
  return bounded(product, node.type, dialect);
}

/**
 * Makes a value missing that outgrows its type: one odd row must not fail the question about all. Of a missing value `greatest` and
 * `least` give the other one, which is then missing too.
 */
export function bounded(value: Sql, type: ValueType, dialect: Dialect): Sql {
  if (type === 'number') return cast(value, type, dialect);
  const end = raw(String(type === 'money' ? most : Number.MAX_SAFE_INTEGER));
  return cast(sql`nullif(nullif(least(greatest(${value}, -${end}), ${end}), -${end}), ${end})`, type, dialect);
}

function text({ op, operand, value }: TextTest<Scalar>, frame: Frame): Sql {
  const { dialect } = frame.asking;
  const subject = scalar(operand, frame);
  if (op !== 'matches') return dialect.hasText(op, subject, scalar(value, frame));
  const pattern = value.kind === 'literal' ? patternText(String(value.value)) : '';
  return dialect.hasPattern(subject, sql`${pattern}::${raw(dialect.types.text)}`);
}

function itemsOf(node: Extract<Scalar, { kind: 'items' }>, frame: Frame): Sql {
  return items(node, node.where && condition(node.where, frame, false), frame.asking.dialect);
}

function consent(channel: string): Sql {
  return sql`EXISTS (SELECT 1 FROM subscription s WHERE s.customer = c.customer AND s.channel = ${channel})`;
}

function reachable(channel: string, { asking }: Frame): Sql {
  return sql`(${addressOf(asking.program, channel)} IS NOT NULL
      AND ${consent(channel)}
      AND NOT EXISTS (SELECT 1 FROM blocked s WHERE s.customer = c.customer AND s.channel = ${channel}))`;
}
