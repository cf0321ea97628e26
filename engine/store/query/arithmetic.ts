import sql, { raw, type Sql } from 'sql-template-tag';
import type { Arithmetic } from '../../../spec/model/expression.ts';
import type { Scalar } from '../../program/program.ts';
import { bounded, cast } from './values.ts';
import type { Nodes, Writer } from './writer.ts';

export const arithmetic: Nodes<'arithmetic'> = { arithmetic: { scalar: write } };

function write(node: Arithmetic<Scalar>, { context: { dialect }, scalar }: Writer): Sql {
  const left = scalar(node.left);
  const right = scalar(node.right);
  const day = sql`86400000::bigint`;
  if (node.left.type === 'date') {
    if (node.type === 'duration') return sql`((${left} - ${right})::bigint * ${day})`;
    const days = node.right.kind === 'literal' ? Number(node.right.value) / 86_400_000 : 0;
    return sql`(${left} ${raw(node.op)} ${days}::integer)`;
  }
  const double = raw(dialect.types.double);
  // A division by zero gives a missing value.
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
