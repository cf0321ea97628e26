import Handlebars from 'handlebars';
import { blockNames, helperNames } from '../../../spec/template/helpers.ts';

type Program = hbs.AST.Program;

/** The partials that a program includes, directly or through others, each parsed once; missing ones are left out. */
export function includedPartials(program: Program, bodies: ReadonlyMap<string, string>): Map<string, Program> {
  const included = new Map<string, Program>();
  const collect = (from: Program) => {
    for (const name of partialNames(from)) {
      const body = bodies.get(name);
      if (body === undefined || included.has(name)) continue;
      const partial = Handlebars.parse(body);
      included.set(name, partial);
      collect(partial);
    }
  };
  collect(program);
  return included;
}

function partialNames(program: Program): string[] {
  const names: string[] = [];
  const visitor = new Handlebars.Visitor();
  visitor.PartialStatement = (node) => names.push((node.name as hbs.AST.PathExpression).original);
  visitor.accept(program);
  return names;
}

export function mentions(program: Program, part: string): boolean {
  let found = false;
  const visitor = new Handlebars.Visitor();
  visitor.PathExpression = (path) => {
    found ||= path.parts.includes(part);
  };
  visitor.accept(program);
  return found;
}

/** The helpers and blocks that may be called: a superset. */
export function calledNames(programs: Iterable<Program>): Set<string> {
  const names = new Set<string>();
  const visitor = new Handlebars.Visitor();
  visitor.PathExpression = ({ original }) => {
    if (called.has(original)) names.add(original);
  };
  for (const program of programs) visitor.accept(program);
  return names;
}

const roots = new Set(['customer', 'event', 'project', 'var', 'message']);
const called = new Set<string>([...helperNames, ...blockNames]);

/** The names that a program and its partials may read from the items of lists: a superset. */
export function itemNames(main: Program, partials: ReadonlyMap<string, Program>): string[] {
  const names = new Set<string>();
  const seen = new Set<string>();

  function collect(program: Program, inItem: boolean) {
    const visitor = new Handlebars.Visitor();
    visitor.BlockStatement = (block) => {
      for (const param of block.params) visitor.accept(param);
      if (block.program) collect(block.program, inItem || block.path.original === 'each');
      if (block.inverse) collect(block.inverse, inItem);
    };
    visitor.PartialStatement = (call) => {
      for (const param of call.params) visitor.accept(param);
      for (const pair of call.hash?.pairs ?? []) visitor.accept(pair.value);
      const { original } = call.name as hbs.AST.PathExpression;
      const partial = partials.get(original);
      if (!partial || seen.has(`${inItem} ${original}`)) return;
      seen.add(`${inItem} ${original}`);
      collect(partial, inItem);
    };
    visitor.PathExpression = ({ data, parts, original }) => {
      if (!inItem || data || called.has(original) || (parts.length > 1 && roots.has(parts[0] ?? ''))) return;
      for (const part of parts) names.add(part);
    };
    visitor.accept(program);
  }
  collect(main, false);
  return [...names];
}
