import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Logic } from '../../../spec/model/expression.ts';
import type { Scalar } from '../../program/program.ts';
import { guard, type Nodes, type Writer } from './writer.ts';

const operators = { '==': '=', '!=': '<>', '<': '<', '<=': '<=', '>': '>', '>=': '>=' } as const;

export const conditions: Nodes<'compare' | 'missing' | 'in' | 'and' | 'or' | 'not'> = {
  compare: {
    condition: ({ op, left, right }, { scalar }, loose) =>
      guard(sql`(${scalar(left)} ${raw(operators[op])} ${scalar(right)})`, loose),
  },
  missing: { condition: ({ operand }, { scalar }) => sql`(${scalar(operand)} IS NULL)` },
  in: {
    condition: ({ operand, values }, { scalar }, loose) =>
      guard(sql`(${scalar(operand)} IN (${join(values.map(scalar))}))`, loose),
  },
  and: { condition: logic },
  or: { condition: logic },
  not: { condition: ({ operand }, { condition }) => sql`(NOT ${condition(operand, false)})` },
};

function logic({ kind, operands }: Logic<Scalar>, { condition }: Writer, loose: boolean): Sql {
  const written = operands.map((operand) => condition(operand, loose));
  return sql`(${join(written, ` ${kind.toUpperCase()} `)})`;
}
