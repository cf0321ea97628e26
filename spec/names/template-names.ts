import type { SourceFile } from '../diagnostics/diagnostic.ts';
import { type Located, splitFront } from '../template/front.ts';
import { type TemplateName, templateName } from '../template/name.ts';
import { offsetOf, parseTemplate } from '../template/parse.ts';
import type { Definition, Mention, Named } from './mention.ts';

/** The beginning of a path of a template, as far as names of the project hang on it; `of …`: a value or an item of a list. */
type Where = 'root' | 'customer' | 'event' | 'var' | 'elsewhere' | `of ${string}`;

interface Scope {
  source: Located;
  /** `this`, then `../`, then `../../`. */
  contexts: readonly Where[];
  params: ReadonlyMap<string, Where>;
}

/**
 * The names in a file under `templates/`: what it is itself, the partials it includes, attributes, variables, and fields.
 * Which event `event` is, is up to the campaigns that send it: the owner of such fields begins with that word.
 */
export function namesInTemplate(file: SourceFile): Mention[] {
  const name = templateName(file.path);
  if (!name || name.is === 'wrong') return [];
  const { values, body } = splitFront(file, name.is === 'template' ? name.channel : undefined);
  const found: Mention[] = [own(name, file)];
  for (const source of [...Object.values(values), body]) {
    const parsed = parseTemplate(source);
    if (!('program' in parsed)) continue;
    const scope: Scope = { source, contexts: ['root'], params: new Map() };
    inProgram(parsed.program, scope, (named, start, end) => {
      const range = source.range(start, end);
      found.push({ ...named, role: 'use', start: range.start.offset, end: range.end.offset });
    });
  }
  return found;
}

function own(name: Exclude<TemplateName, { is: 'wrong' }>, file: SourceFile): Definition {
  const named: Named =
    name.is === 'partial'
      ? { kind: 'partial', name: name.name }
      : { kind: 'template', name: name.name, channel: name.channel };
  const variant = name.is === 'template' && name.locale !== undefined ? { locale: name.locale } : {};
  return { ...named, role: 'definition', start: 0, end: 0, until: file.text.length, written: () => variant };
}

type Add = (named: Named, start: number, end: number) => void;

function inProgram(program: hbs.AST.Program | undefined, scope: Scope, add: Add): void {
  for (const node of program?.body ?? []) inStatement(node, scope, add);
}

function inStatement(node: hbs.AST.Statement, scope: Scope, add: Add): void {
  if (is<hbs.AST.MustacheStatement>(node, 'MustacheStatement')) inCall(node, scope, add);
  if (is<hbs.AST.BlockStatement>(node, 'BlockStatement')) {
    inCall(node, scope, add);
    inProgram(node.program, insideOf(node, scope), add);
    inProgram(node.inverse, scope, add);
  }
  if (is<hbs.AST.PartialStatement>(node, 'PartialStatement')) {
    const { name } = node;
    if (is<hbs.AST.PathExpression>(name, 'PathExpression')) {
      const [start, end] = extent(name, scope);
      add({ kind: 'partial', name: name.original }, start, end);
    }
    inArguments(node, scope, add);
  }
}

interface Call {
  path: hbs.AST.Node;
  params: hbs.AST.Expression[];
  hash?: hbs.AST.Hash;
}

function inCall(node: Call, scope: Scope, add: Add): void {
  if (is<hbs.AST.PathExpression>(node.path, 'PathExpression')) inPath(node.path, scope, add);
  inArguments(node, scope, add);
}

function inArguments({ params, hash }: Omit<Call, 'path'>, scope: Scope, add: Add): void {
  for (const param of [...params, ...(hash?.pairs ?? []).map(({ value }) => value)]) {
    if (is<hbs.AST.PathExpression>(param, 'PathExpression')) inPath(param, scope, add);
    if (is<hbs.AST.SubExpression>(param, 'SubExpression')) inCall(param, scope, add);
  }
}

function insideOf(node: hbs.AST.BlockStatement, scope: Scope): Scope {
  const block = node.path.original;
  if (block !== 'with' && block !== 'each') return scope;
  const [param] = node.params;
  const entered =
    param && is<hbs.AST.PathExpression>(param, 'PathExpression') ? leadsTo(param, scope).where : 'elsewhere';
  const name = node.program?.blockParams?.[0];
  const params = name === undefined ? scope.params : new Map([...scope.params, [name, entered]]);
  return { ...scope, contexts: [entered, ...scope.contexts], params };
}

/** The end of a path, with the names among its parts and their owners. */
function leadsTo(path: hbs.AST.PathExpression, scope: Scope): { where: Where; named?: { at: number; of: Where } } {
  const explicit = /^\.{1,2}(?:\/|$)|^this(?:[./]|$)/.test(path.original);
  const [first = ''] = path.parts;
  const param = explicit || path.data ? undefined : scope.params.get(first);
  let where: Where =
    param ?? (path.data ? (first === 'root' ? 'root' : 'elsewhere') : (scope.contexts[path.depth] ?? 'elsewhere'));
  let named: { at: number; of: Where } | undefined;
  path.parts.forEach((part, index) => {
    if (index === 0 && (param !== undefined || path.data)) return;
    if (where !== 'root' && where !== 'elsewhere') named = { at: index, of: where };
    where = below(where, part);
  });
  return { where, ...(named && { named }) };
}

function below(where: Where, part: string): Where {
  if (where === 'root') return part === 'customer' || part === 'event' || part === 'var' ? part : 'elsewhere';
  if (where === 'var' || where === 'elsewhere') return 'elsewhere';
  return `of ${where.replace(/^of /, '')}.${part}`;
}

function namedIn(of: Where, name: string): Named {
  if (of === 'customer') return { kind: 'attribute', name };
  return of === 'var' ? { kind: 'variable', name } : { kind: 'field', name, owner: of.replace(/^of /, '') };
}

function inPath(path: hbs.AST.PathExpression, scope: Scope, add: Add): void {
  const { named } = leadsTo(path, scope);
  const name = named && path.parts[named.at];
  if (!named || name === undefined) return;
  const [start, end] = extent(path, scope);
  const text = scope.source.text.slice(start, end);
  // Parts before it may be written alike: `customer.customer`.
  const skipped = path.parts.slice(0, named.at).reduce((at, part) => text.indexOf(part, at) + part.length, 0);
  const from = start + text.indexOf(name, skipped);
  add(namedIn(named.of, name), from, from + name.length);
}

function extent(node: hbs.AST.Node, { source }: Scope): [number, number] {
  const { start, end } = node.loc;
  return [offsetOf(source.text, start.line, start.column), offsetOf(source.text, end.line, end.column)];
}

function is<N extends hbs.AST.Node>(node: hbs.AST.Node, type: N['type']): node is N {
  return node.type === type;
}
