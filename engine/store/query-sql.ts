import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { Aggregate, Program, Query, Scalar } from '../compile/program.ts';
import { type Dialect, name } from './dialect.ts';
import { eventTable } from './tables.ts';

/** What a question is asked against; the statement must have the customer's row as `c`, a trigger's event as `t`. */
export interface Asking {
  dialect: Dialect;
  program: Program;
  /** The grid instant, epoch milliseconds. */
  now: number;
  /** Narrows the passes over events to the customers of this relation (a column `customer`). */
  among?: Sql;
}

export interface Question {
  /** To stand after `customer c`: the passes over the events, one a kind. */
  joins: Sql;
  /** Null counts as false: for WHERE. */
  where: Sql;
}

/** A Query as SQL. */
export function ask(query: Query, asking: Asking): Question {
  const writer = new Writer(query, asking);
  return { joins: writer.joins(), where: writer.condition(query.predicate, true) };
}

/** A Query that asks for a value instead of yes or no. */
export function value(query: Query, asking: Asking): { joins: Sql; value: Sql } {
  const writer = new Writer(query, asking);
  return { joins: writer.joins(), value: writer.scalar(query.predicate) };
}

/** The customers of a segment: a column `customer`. */
export function members(query: Query, asking: Asking): Sql {
  const { joins, where } = ask(query, asking);
  return sql`SELECT c.customer FROM customer c ${joins} WHERE ${where}`;
}

/** An address that a message could go to: there, and for `reachable` also consented to and unsuppressed. */
export function addressOf(program: Program, channel: string): Sql {
  const found = program.channels.find((c) => c.name === channel);
  return found ? sql`c.${name(found.address)}` : sql`NULL`;
}

class Writer {
  private readonly query: Query;
  private readonly asking: Asking;

  constructor(query: Query, asking: Asking) {
    this.query = query;
    this.asking = asking;
  }

  joins(): Sql {
    const kinds = [...new Set(this.query.aggregates.map((a) => a.event))];
    return kinds.length === 0
      ? empty
      : join(
          kinds.map((kind, i) => this.pass(kind, i)),
          ' ',
        );
  }

  private pass(kind: string, index: number): Sql {
    const mine = [...this.query.aggregates.entries()].filter(([, a]) => a.event === kind);
    const alone = mine.length === 1;
    const filters = mine.map(([, a]) => this.filters(a));
    const columns = mine.map(([i, a], k) => {
      const filter = filters[k];
      return sql`${this.aggregate(a, filter && !alone ? sql` FILTER (WHERE ${filter})` : empty)} AS ${raw(`a${i}`)}`;
    });
    // A lone aggregate's filter, or the widest window of several, keeps rows out before they are grouped.
    const windows = mine.map(([, a]) => a.within);
    const widest = windows.every((w) => w !== undefined) ? Math.max(...(windows as number[])) : undefined;
    const wheres = [
      ...(this.asking.among ? [sql`v.customer IN (SELECT customer FROM ${this.asking.among})`] : []),
      ...(alone && filters[0] ? [filters[0]] : widest === undefined ? [] : [this.since(widest)]),
    ];
    const where = wheres.length > 0 ? sql` WHERE ${join(wheres, ' AND ')}` : empty;
    const alias = raw(`q${index}`);
    if (mine.some(([, a]) => a.where && looksOutside(a.where))) {
      const own = join([sql`v.customer = c.customer`, ...wheres], ' AND ');
      return sql`LEFT JOIN LATERAL (SELECT ${join(columns)} FROM ${name(eventTable(kind))} v WHERE ${own}) ${alias} ON TRUE`;
    }
    return sql`LEFT JOIN (SELECT v.customer, ${join(columns)} FROM ${name(eventTable(kind))} v${where} GROUP BY v.customer) ${alias} ON ${alias}.customer = c.customer`;
  }

  private since(ms: number): Sql {
    return sql`v.at > ${this.asking.now - ms}::bigint`;
  }

  private filters(a: Aggregate): Sql | undefined {
    const parts = [
      ...(a.within === undefined ? [] : [this.since(a.within)]),
      ...(a.where ? [this.condition(a.where, true)] : []),
    ];
    return parts.length > 0 ? join(parts, ' AND ') : undefined;
  }

  private aggregate(a: Aggregate, filter: Sql): Sql {
    const field = a.field === undefined ? undefined : sql`v.${name(a.field)}`;
    switch (a.fn) {
      case 'count':
        return field ? sql`count(${field})${filter}` : sql`count(*)${filter}`;
      case 'distinct':
        return sql`count(DISTINCT ${field ?? sql`v.id`})${filter}`;
      case 'avg':
        return this.cast(sql`avg(${field})${filter}`, a.type);
      case 'sum':
        return this.cast(sql`sum(${field})${filter}`, a.type);
      case 'min':
      case 'max':
        return sql`${raw(a.fn)}(${field ?? sql`v.at`})${filter}`;
      case 'first':
      case 'last':
        if (!field) return sql`${raw(a.fn === 'last' ? 'max' : 'min')}(v.at)${filter}`;
        return this.asking.dialect.edge(a.fn, field, sql`v.at`, sql`v.seq`, filter);
    }
  }

  private cast(value: Sql, type: Scalar['type']): Sql {
    const { types } = this.asking.dialect;
    const column = {
      integer: 'bigint',
      duration: 'bigint',
      instant: 'bigint',
      money: 'decimal',
      number: 'double',
    } as const;
    return type in column ? sql`(${value})::${raw(types[column[type as keyof typeof column]])}` : value;
  }

  /** `loose`: the caller takes null for false, so a comparison needs no guard and stays visible to the planner. */
  condition(node: Scalar, loose: boolean): Sql {
    switch (node.kind) {
      case 'and':
      case 'or':
        return sql`(${join(
          node.operands.map((operand) => this.condition(operand, loose)),
          ` ${node.kind.toUpperCase()} `,
        )})`;
      case 'not':
        return sql`(NOT ${this.condition(node.operand, false)})`;
      case 'missing':
        return sql`(${this.scalar(node.operand)} IS NULL)`;
      case 'compare':
        return guard(sql`(${this.scalar(node.left)} ${raw(operators[node.op])} ${this.scalar(node.right)})`, loose);
      case 'in':
        return guard(sql`(${this.scalar(node.operand)} IN (${join(node.values.map((v) => this.scalar(v)))}))`, loose);
      case 'reachable':
        return this.reachable(node.channel);
      default:
        return guard(this.scalar(node), loose);
    }
  }

  scalar(node: Scalar): Sql {
    switch (node.kind) {
      case 'literal':
        return this.literal(node);
      case 'attribute':
        return sql`c.${name(node.name)}`;
      case 'field':
        return node.of === 'trigger' ? sql`t.${name(node.name)}` : sql`v.${name(node.name)}`;
      case 'ago':
        return sql`${this.asking.now - node.ms}::bigint`;
      case 'aggregated':
        return this.aggregated(node.index);
      case 'arithmetic':
        return this.arithmetic(node);
      default:
        return this.condition(node, false);
    }
  }

  private literal(node: Extract<Scalar, { kind: 'literal' }>): Sql {
    const { types } = this.asking.dialect;
    switch (node.type) {
      case 'boolean':
        return node.value ? sql`TRUE` : sql`FALSE`;
      case 'string':
        return sql`${node.value}::${raw(types.text)}`;
      case 'date':
        return sql`${node.value}::date`;
      default:
        return this.cast(sql`${node.value}`, node.type);
    }
  }

  /** Of no events, a count and a sum are 0; every other aggregate is missing. */
  private aggregated(index: number): Sql {
    const a = this.query.aggregates[index];
    if (!a) throw new Error(`no aggregate ${index}`);
    const kinds = [...new Set(this.query.aggregates.map((other) => other.event))];
    const column = sql`${raw(`q${kinds.indexOf(a.event)}`)}.${raw(`a${index}`)}`;
    return a.fn === 'count' || a.fn === 'distinct' || a.fn === 'sum' ? sql`coalesce(${column}, 0)` : column;
  }

  private arithmetic(node: Extract<Scalar, { kind: 'arithmetic' }>): Sql {
    const left = this.scalar(node.left);
    const right = this.scalar(node.right);
    if (node.op !== '/') return this.cast(sql`(${left} ${raw(node.op)} ${right})`, node.type);
    const double = raw(this.asking.dialect.types.double);
    // By zero: missing, as everything that cannot be known is.
    return this.cast(sql`((${left})::${double} / nullif((${right})::${double}, 0))`, node.type);
  }

  private reachable(channel: string): Sql {
    return sql`(${addressOf(this.asking.program, channel)} IS NOT NULL
      AND EXISTS (SELECT 1 FROM subscription s WHERE s.customer = c.customer AND s.channel = ${channel})
      AND NOT EXISTS (SELECT 1 FROM suppression s WHERE s.customer = c.customer AND s.channel IN (${channel}, '*')))`;
  }
}

/** Whether an aggregate's condition speaks of more than the event aggregated, and so is a question per customer. */
function looksOutside(node: Scalar): boolean {
  switch (node.kind) {
    case 'attribute':
    case 'reachable':
      return true;
    case 'field':
      return node.of === 'trigger';
    case 'arithmetic':
    case 'compare':
      return looksOutside(node.left) || looksOutside(node.right);
    case 'and':
    case 'or':
      return node.operands.some(looksOutside);
    case 'not':
    case 'missing':
      return looksOutside(node.operand);
    case 'in':
      return looksOutside(node.operand) || node.values.some(looksOutside);
    default:
      return false;
  }
}

const operators = { '==': '=', '!=': '<>', '<': '<', '<=': '<=', '>': '>', '>=': '>=' } as const;

function guard(condition: Sql, loose: boolean): Sql {
  return loose ? condition : sql`coalesce(${condition}, FALSE)`;
}
