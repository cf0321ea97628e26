import { t } from '../words/t.ts';
import { type Argument, checkCall, isHelper, unknownHelper } from './helpers.ts';
import { type Mistake, resolve, type Scope } from './scope.ts';
import { boolean, integer, type Shape, text, unknown } from './shape.ts';

export type Report = (mistake: Mistake, node: hbs.AST.Node) => void;

interface CallNode {
  path: hbs.AST.Node;
  params: hbs.AST.Expression[];
  hash?: hbs.AST.Hash;
}

/** Returns the type of an expression; unknown where something is wrong with it, which is reported. */
export function typeOf(node: hbs.AST.Expression, scope: Scope, report: Report): Argument {
  if (isPath(node)) return { shape: typeOfPath(node, scope, report) };
  if (isCall(node)) return { shape: typeOfCall(node, scope, report) };
  switch (node.type) {
    case 'StringLiteral':
      return { shape: text, literal: (node as hbs.AST.StringLiteral).value };
    case 'NumberLiteral':
      return {
        shape: Number.isInteger((node as hbs.AST.NumberLiteral).value) ? integer : { kind: 'value', type: 'number' },
      };
    case 'BooleanLiteral':
      return { shape: boolean };
    default:
      report({ code: 'CRM3016', message: t`A template cannot write null or undefined` }, node);
      return { shape: unknown };
  }
}

/** Returns the type of `{{name …}}` or `(name …)`: of a helper's result, or of a variable. */
export function typeOfCall(node: CallNode, scope: Scope, report: Report): Shape {
  const { path } = node;
  if (!isPath(path)) {
    report({ code: 'CRM3010', message: t`A text is not a variable`, help: t`Write it without {{ and }}.` }, path);
    return unknown;
  }
  const called = node.params.length > 0 || (node.hash?.pairs.length ?? 0) > 0;
  const name = helperName(path, scope);
  if (name !== undefined && isHelper(name)) {
    const { shape, mistake } = checkCall(name, argumentsOf(node, scope, report));
    if (mistake) report(called ? mistake : hintField(mistake, name, scope), path);
    return shape;
  }
  if (!called) return typeOfPath(path, scope, report);
  report(unknownHelper(path.original), path);
  return unknown;
}

export function argumentsOf(node: Omit<CallNode, 'path'>, scope: Scope, report: Report) {
  const params = node.params.map((param) => typeOf(param, scope, report));
  const pairs = node.hash?.pairs.map(({ key, value }) => [key, typeOf(value, scope, report)] as const) ?? [];
  return { params, hash: new Map(pairs) };
}

export function isPath(node: hbs.AST.Node): node is hbs.AST.PathExpression {
  return node.type === 'PathExpression';
}

function isCall(node: hbs.AST.Node): node is hbs.AST.SubExpression {
  return node.type === 'SubExpression';
}

/** Handlebars prefers a helper to a field of the same name, unless the path begins with `this` or `./`. */
function helperName(path: hbs.AST.PathExpression, scope: Scope): string | undefined {
  const simple = !path.data && path.depth === 0 && path.parts.length === 1 && path.original === path.parts[0];
  const name = simple ? path.parts[0] : undefined;
  return name !== undefined && scope.blockParams.has(name) ? undefined : name;
}

function typeOfPath(path: hbs.AST.PathExpression, scope: Scope, report: Report): Shape {
  const resolved = resolve(path, scope);
  if ('shape' in resolved) return resolved.shape;
  report(resolved.mistake, path);
  return unknown;
}

function hintField(mistake: Mistake, name: string, scope: Scope): Mistake {
  const [context] = scope.contexts;
  const field = context.kind === 'record' && context.fields.has(name);
  return field ? { ...mistake, help: t`\`${name}\` is a helper; for the field write {{this.${name}}}.` } : mistake;
}
