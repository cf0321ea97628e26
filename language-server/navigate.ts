import { type DocumentSymbol, type Location, SymbolKind } from 'vscode-languageserver';
import type { SourceFile } from '../spec/diagnostics/diagnostic.ts';
import { type Definition, isDefinition, type NameKind } from '../spec/names/mention.ts';
import { inBrief } from './describe.ts';
import { rangeIn } from './positions.ts';
import type { Located, Project } from './project.ts';

/** A place in one of the project's files; the caller, who knows their URIs, makes it a Location. */
export interface Target {
  path: string;
  range: Location['range'];
}

export function definitions(project: Project, path: string, offset: number): Target[] {
  const name = project.nameAt(path, offset);
  return name ? targets(project, project.definitionsOf(name)) : [];
}

export function references(project: Project, path: string, offset: number, withDefinitions: boolean): Target[] {
  const name = project.nameAt(path, offset);
  if (!name) return [];
  const found = project.mentionsOf(name);
  return targets(project, withDefinitions ? found : found.filter(({ mention }) => !isDefinition(mention)));
}

function targets(project: Project, found: readonly Located[]): Target[] {
  return found.flatMap(({ path, mention: { start, end } }) => {
    const file = project.file(path);
    return file ? [{ path, range: rangeIn(file, start, end) }] : [];
  });
}

const kinds: Record<NameKind, SymbolKind> = {
  segment: SymbolKind.Class,
  event: SymbolKind.Event,
  attribute: SymbolKind.Property,
  field: SymbolKind.Field,
  channel: SymbolKind.Interface,
  template: SymbolKind.File,
  partial: SymbolKind.File,
  campaign: SymbolKind.Function,
  step: SymbolKind.Variable,
  arm: SymbolKind.EnumMember,
  cascade: SymbolKind.Array,
  cap: SymbolKind.Constant,
  holdout: SymbolKind.Constant,
  variable: SymbolKind.Variable,
  test: SymbolKind.Method,
};

/** Returns the definitions of a file as a tree, the inner inside the outer. */
export function symbols(project: Project, path: string): DocumentSymbol[] {
  const file = project.file(path);
  if (!file || path.endsWith('.hbs')) return [];
  const outermost: DocumentSymbol[] = [];
  const around: { until: number; symbol: DocumentSymbol }[] = [];
  for (const mention of project.names(path)) {
    if (!isDefinition(mention)) continue;
    while ((around.at(-1)?.until ?? Number.POSITIVE_INFINITY) <= mention.start) around.pop();
    const symbol = symbolOf(mention, file, project);
    (around.at(-1)?.symbol.children ?? outermost).push(symbol);
    around.push({ until: mention.until, symbol });
  }
  return outermost;
}

function symbolOf(mention: Definition, file: SourceFile, project: Project): DocumentSymbol {
  return {
    name: mention.name,
    detail: inBrief(mention, project),
    kind: kinds[mention.kind],
    range: rangeIn(file, mention.start, mention.until),
    selectionRange: rangeIn(file, mention.start, mention.end),
    children: [],
  };
}
