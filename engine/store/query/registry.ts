import type { Query, Scalar } from '../../program/program.ts';
import { aggregates } from './aggregates.ts';
import { arithmetic } from './arithmetic.ts';
import { calendar } from './calendar.ts';
import { conditions } from './conditions.ts';
import { customer } from './customer.ts';
import { items } from './items.ts';
import { rankings } from './rankings.ts';
import { scores } from './scores.ts';
import { sequences } from './sequences.ts';
import { text } from './text.ts';
import { values } from './values.ts';
import { guard, type NodeSql, type Nodes, type QueryContext, type Writer } from './writer.ts';

/** The SQL of all nodes. A node without one does not compile. */
const nodes: Nodes<Scalar['kind']> = {
  ...values,
  ...arithmetic,
  ...conditions,
  ...text,
  ...calendar,
  ...customer,
  ...aggregates,
  ...items,
  ...sequences,
  ...rankings,
  ...scores,
};

export function writerOf(query: Query, context: QueryContext): Writer {
  const writer: Writer = {
    query,
    context,
    condition(node, loose) {
      const { condition, scalar } = sqlOf(node);
      return condition ? condition(node, writer, loose) : guard(scalar(node, writer), loose);
    },
    scalar(node) {
      const { condition, scalar } = sqlOf(node);
      return scalar ? scalar(node, writer) : condition(node, writer, false);
    },
  };
  return writer;
}

/** Returns the entry for a node's kind, as one that takes any node. */
function sqlOf({ kind }: Scalar): NodeSql<Scalar> {
  return nodes[kind] as NodeSql<Scalar>;
}
