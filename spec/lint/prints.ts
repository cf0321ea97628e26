import { scopeOfBlock } from '../template/blocks.ts';
import { isPath, typeOf } from '../template/expressions.ts';
import type { Located } from '../template/front.ts';
import { isHelper } from '../template/helpers.ts';
import { insidePartial, rootScope, type Scope } from '../template/scope.ts';
import type { RecordShape, Shape } from '../template/shape.ts';

export interface Unit {
  source: Located;
  program: hbs.AST.Program;
}

/** A place where a text prints an attribute of the customer as it is. */
export interface Print {
  attribute: string;
  unit: Unit;
  node: hbs.AST.Node;
}

/** Statements looked at in one text with its partials unfolded. */
const budget = 50_000;

/**
 * Every place of a text, its partials included, that prints an attribute without a `{{#if}}` around it or a `default`.
 * The text is one that the check of templates finds nothing wrong with.
 */
export function printsIn(unit: Unit, root: RecordShape, partials: ReadonlyMap<string, Unit>): Print[] {
  const attributes = attributesOf(root);
  const prints: Print[] = [];
  const including: string[] = [];
  let statements = 0;
  let current = unit;

  const attributeOf = (node: hbs.AST.Expression | undefined, scope: Scope): string | undefined =>
    node && isPath(node) ? attributes.get(typeOf(node, scope, () => {}).shape) : undefined;

  function program(list: hbs.AST.Program | undefined, scope: Scope, present: ReadonlySet<string>): void {
    for (const node of list?.body ?? []) {
      statements += 1;
      if (statements > budget) return;
      if (node.type === 'MustacheStatement') value(node as hbs.AST.MustacheStatement, scope, present);
      if (node.type === 'BlockStatement') block(node as hbs.AST.BlockStatement, scope, present);
      if (node.type === 'PartialStatement') partial(node as hbs.AST.PartialStatement, scope, present);
    }
  }

  function value(node: Call, scope: Scope, present: ReadonlySet<string>): void {
    const called = node.params.length > 0 && isPath(node.path) && isHelper(node.path.original);
    if (!called) {
      argument(node.path as hbs.AST.Expression, scope, present);
      return;
    }
    // The first value of `default` may be missing: that is its purpose.
    const params = (node.path as hbs.AST.PathExpression).original === 'default' ? node.params.slice(1) : node.params;
    for (const one of [...params, ...(node.hash?.pairs.map((pair) => pair.value) ?? [])]) argument(one, scope, present);
  }

  function argument(node: hbs.AST.Expression, scope: Scope, present: ReadonlySet<string>): void {
    if (node.type === 'SubExpression') value(node as hbs.AST.SubExpression, scope, present);
    const attribute = attributeOf(node, scope);
    if (attribute !== undefined && !present.has(attribute)) prints.push({ attribute, unit: current, node });
  }

  function block(node: hbs.AST.BlockStatement, scope: Scope, present: ReadonlySet<string>): void {
    const name = node.path.original;
    const attribute = attributeOf(node.params[0], scope);
    const more = attribute === undefined ? present : new Set([...present, attribute]);
    const inner = scopeOfBlock(
      node,
      scope,
      () => {},
      () => {},
    );
    program(node.program, inner, name === 'if' ? more : present);
    program(node.inverse, scope, name === 'unless' ? more : present);
  }

  function partial(node: hbs.AST.PartialStatement, scope: Scope, present: ReadonlySet<string>): void {
    const name = isPath(node.name) ? node.name.original : '';
    const included = partials.get(name);
    if (!included || including.includes(name)) return;
    const context = node.params[0] ? typeOf(node.params[0], scope, () => {}).shape : scope.contexts[0];
    const added = node.hash?.pairs.map(({ key, value: one }) => [key, typeOf(one, scope, () => {}).shape] as const);
    const caller = current;
    current = included;
    including.push(name);
    program(included.program, insidePartial(scope, withFields(context, added ?? [])), present);
    including.pop();
    current = caller;
  }

  program(unit.program, rootScope(root), new Set());
  return prints;
}

interface Call {
  path: hbs.AST.Node;
  params: hbs.AST.Expression[];
  hash?: hbs.AST.Hash;
}

/** Returns the attributes by their shapes: each attribute's shape is a separate object. */
function attributesOf(root: RecordShape): ReadonlyMap<Shape, string> {
  const customer = root.fields.get('customer');
  const fields = customer?.kind === 'record' ? [...customer.fields] : [];
  return new Map(fields.map(([name, shape]) => [shape, name]));
}

function withFields(context: Shape, added: (readonly [string, Shape])[]): Shape {
  if (added.length === 0 || context.kind === 'unknown') return context;
  const own = context.kind === 'record' ? [...context.fields] : [];
  return { kind: 'record', title: 'the partial', fields: new Map([...own, ...added]) };
}
