import type { Expression } from '../model/expression.ts';
import { levels, type Owners, type Print, type Printer } from './operators/family.ts';
import { prints } from './operators/registry.ts';

/** Returns the canonical text; compiling it gives an equal Expression. */
export function printExpression(expression: Expression): string {
  return printerOf({}).whole(expression);
}

function printerOf(owners: Owners): Printer {
  const printer: Printer = {
    owners,
    at(level, node) {
      const text = printer.whole(node);
      return levelOf(node, printer) < level ? `(${text})` : text;
    },
    whole: (node, inside) => printOf(node).text(node, inside ? printerOf(inside) : printer),
    negation(node) {
      const { negated } = printOf(node);
      return negated && (() => negated(node, printer));
    },
  };
  return printer;
}

function levelOf(node: Expression, printer: Printer): number {
  const { level = levels.value } = printOf(node);
  return typeof level === 'number' ? level : level(node, printer);
}

/** Returns the entry for a node's kind, as one that takes any node. */
function printOf({ kind }: Expression): Print<Expression> {
  return prints[kind] as Print<Expression>;
}
