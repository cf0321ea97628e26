import type { TemplateCode } from '../diagnostics/codes.ts';
import { suggest } from '../words/suggest.ts';
import { t } from '../words/t.ts';
import { boolean, describe, integer, type RecordShape, type Shape, unknown } from './shape.ts';

/** Names visible at a place of a template. Immutable: blocks make new ones. */
export interface Scope {
  root: RecordShape;
  /** `this`, then `../`, then `../../`. Blocks such as `if`, which keep `this`, add none. */
  contexts: [Shape, ...Shape[]];
  blockParams: ReadonlyMap<string, Shape>;
  /** The number of `each` blocks around, for `@index` and the like. */
  loops: number;
}

export interface Mistake {
  code: TemplateCode;
  message: string;
  help?: string;
  /** The part of the path that is wrong. */
  part?: string;
}

export type Resolved = { shape: Shape } | { mistake: Mistake };

export function rootScope(root: RecordShape): Scope {
  return { root, contexts: [root], blockParams: new Map(), loops: 0 };
}

/** Returns the scope inside a block or partial whose `this` is `context`. */
export function entering(scope: Scope, context: Shape, blockParams: [string, Shape][] = [], loop = false): Scope {
  const [current, ...outer] = scope.contexts;
  const contexts: Scope['contexts'] = context === current ? scope.contexts : [context, current, ...outer];
  const params = new Map([...scope.blockParams, ...blockParams]);
  return { ...scope, contexts, blockParams: params, loops: scope.loops + (loop ? 1 : 0) };
}

/** Returns the scope inside a partial, which sees its `this` and `@root`, and nothing around its call. */
export function insidePartial(scope: Scope, context: Shape): Scope {
  return { ...scope, contexts: [context], blockParams: new Map() };
}

export function resolve(path: hbs.AST.PathExpression, scope: Scope): Resolved {
  if (path.data) return resolveData(path, scope);
  const [first = '', ...rest] = path.parts;
  const explicit = /^\.{1,2}(?:\/|$)|^this(?:[./]|$)/.test(path.original);
  const param = explicit ? undefined : scope.blockParams.get(first);
  if (param) return descend(param, rest);
  const context = scope.contexts[path.depth];
  if (!context) {
    const help = t`A partial does not see what is around its call: pass it in, {{> name value=…}}, or use @root.`;
    return mistake({ code: 'CRM3010', message: t`\`${path.original}\` leads out of the template`, help });
  }
  const resolved = descend(context, path.parts);
  return 'mistake' in resolved ? mistake(withHint(resolved.mistake, path, scope)) : resolved;
}

function resolveData(path: hbs.AST.PathExpression, scope: Scope): Resolved {
  const [first = '', ...rest] = path.parts;
  if (first === 'root') return descend(scope.root, rest);
  const loop: Record<string, Shape> = { index: integer, key: integer, first: boolean, last: boolean };
  const shape = Object.hasOwn(loop, first) ? loop[first] : undefined;
  if (shape && rest.length === 0 && scope.loops > path.depth) return { shape };
  if (shape) return mistake({ code: 'CRM3010', message: t`\`${path.original}\` exists only inside of {{#each}}` });
  const meant = suggest(first, ['root', ...Object.keys(loop)]);
  const help = meant
    ? t`Did you mean \`@${meant}\`?`
    : t`There are @root and, inside of each, @index, @key, @first and @last.`;
  return mistake({ code: 'CRM3010', message: t`There is no variable \`${path.original}\``, help, part: first });
}

function descend(from: Shape, parts: string[]): Resolved {
  let shape = from;
  for (const part of parts) {
    if (shape.kind === 'unknown') return { shape: unknown };
    if (shape.kind !== 'record') {
      const message =
        shape.kind === 'list'
          ? t`\`${part}\` cannot be taken from a list: use {{#each}}`
          : t`\`${part}\` cannot be taken from a single ${describe(shape)}, without parts`;
      return mistake({ code: 'CRM3010', message, part });
    }
    const next = shape.fields.get(part);
    if (!next) return mistake(missing(shape, part));
    shape = next;
  }
  return { shape };
}

function missing(record: RecordShape, part: string): Mistake {
  const names = [...record.fields.keys()];
  const meant = suggest(part, names);
  const help = meant
    ? t`Did you mean \`${meant}\`?`
    : names.length > 0
      ? t`There are: ${names.length > 12 ? `${names.slice(0, 12).join(', ')}, …` : names.join(', ')}.`
      : t`Nothing is declared for ${record.title}.`;
  const event = part === 'event' && record.root;
  return {
    code: 'CRM3010',
    message: event ? t`There is no event here` : t`There is no \`${part}\` in ${record.title}`,
    help: event ? t`Only campaigns entered by an event (\`on: { event: … }\`) give their templates one.` : help,
    part,
  };
}

/** Returns the full spelling by which the name would have been found. */
function withHint(mistake: Mistake, path: hbs.AST.PathExpression, scope: Scope): Mistake {
  const [first = ''] = path.parts;
  const rest = path.parts.join('.');
  if (path.depth > 0) return mistake;
  if (scope.contexts[0] !== scope.root && scope.root.fields.has(first)) {
    return { ...mistake, help: t`Inside of this block write {{@root.${rest}}}.` };
  }
  if (path.parts.length > 1) return mistake;
  for (const owner of ['customer', 'event', 'var']) {
    const record = scope.root.fields.get(owner);
    if (record?.kind === 'record' && record.fields.has(first)) {
      const prefix = scope.contexts[0] === scope.root ? '' : '@root.';
      return { ...mistake, help: t`Did you mean \`${prefix}${owner}.${first}\`?` };
    }
  }
  return mistake;
}

function mistake(value: Mistake): Resolved {
  return { mistake: value };
}
