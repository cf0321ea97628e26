import { suggest } from '../words/suggest.ts';
import { t } from '../words/t.ts';
import { argumentsOf, type Report } from './expressions.ts';
import { blockNames, unknownHelper } from './helpers.ts';
import { entering, type Mistake, type Scope } from './scope.ts';
import { describe, integer, type Shape, unknown } from './shape.ts';

type Block = hbs.AST.BlockStatement;

/** Returns the scope of a block's main branch; `seen` is called with the type of the value that the block tests. */
export function scopeOfBlock(node: Block, scope: Scope, report: Report, seen: (shape: Shape) => void): Scope {
  const name = node.path.original;
  const { params, hash } = argumentsOf(node, scope, report);
  for (const { shape } of params) seen(shape);
  if (!blockNames.some((known) => known === name)) {
    report(unknownBlock(name), node.path);
    return entering(
      scope,
      unknown,
      names(node.program).map((param) => [param, unknown]),
    );
  }
  const shape = params[0]?.shape ?? unknown;
  const option = [...hash.keys()].find((key) => key !== 'includeZero' || (name !== 'if' && name !== 'unless'));
  if (params.length !== 1) {
    report({ code: 'CRM3012', message: t`\`#${name}\` takes one value, not ${params.length}` }, node.path);
  } else if (option) {
    report({ code: 'CRM3012', message: t`\`#${name}\` has no option \`${option}\`` }, node.path);
  }
  if (name === 'each') return eachScope(node, scope, shape, report);
  if (name === 'with') return withScope(node, scope, shape, report);
  return scope;
}

function eachScope(node: Block, scope: Scope, shape: Shape, report: Report): Scope {
  if (shape.kind !== 'list' && shape.kind !== 'unknown') {
    const message = t`\`#each\` goes through a list, not a ${describe(shape)}`;
    report({ code: 'CRM3013', message, help: t`Fields of type list are declared under data.` }, node.params[0] ?? node);
  }
  const item = shape.kind === 'list' ? shape.item : unknown;
  const [itemName, indexName] = names(node.program);
  const params: [string, Shape][] = [];
  if (itemName) params.push([itemName, item]);
  if (indexName) params.push([indexName, integer]);
  return entering(scope, item, params, true);
}

function withScope(node: Block, scope: Scope, shape: Shape, report: Report): Scope {
  if (shape.kind === 'value' || shape.kind === 'list') {
    const message = t`\`#with\` enters a record, not a ${describe(shape)}`;
    report({ code: 'CRM3013', message, help: t`For example {{#with customer}}…{{/with}}.` }, node.params[0] ?? node);
  }
  const inner = shape.kind === 'record' ? shape : unknown;
  return entering(
    scope,
    inner,
    names(node.program)
      .slice(0, 1)
      .map((name) => [name, inner]),
  );
}

function unknownBlock(name: string): Mistake {
  const meant = suggest(name, blockNames);
  if (meant) return { ...unknownHelper(name), help: t`Did you mean \`#${meant}\`?` };
  return { ...unknownHelper(name), help: t`Blocks are #if, #unless, #each and #with.` };
}

function names(program: hbs.AST.Program | undefined): string[] {
  return program?.blockParams ?? [];
}
