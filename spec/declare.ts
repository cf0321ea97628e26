import { type Document, isMap, isScalar, isSeq, type Node, parseDocument, YAMLSeq } from 'yaml';
import { writtenConsent } from './constructs/data.ts';
import { convertFile, surfaceOf } from './convert.ts';
import type { SourceFile } from './diagnostics/diagnostic.ts';
import type { PresetName } from './document/document.generated.ts';
import { isResourceFile, projectFile, projectFileDsl } from './document/project-files.ts';
import { formatFile } from './format.ts';
import type { ConsentColumns, Field, Source, ValueWriting } from './model/data.ts';

/** A source, with the preset that describes the rest of it. */
export interface DeclaredSource extends Source {
  preset?: PresetName;
}

/** Sources and names that are to be declared under `data`. */
export interface Declarations {
  customers: DeclaredSource[];
  attributes: Field[];
  /** Channel → the columns of its consent. */
  columnConsent: Record<string, ConsentColumns>;
  events: { name: string; sources: DeclaredSource[]; fields: Field[] }[];
  consent: DeclaredSource[];
  suppressions: DeclaredSource[];
  /** Paths whose sources are taken out. */
  without: string[];
  /** The beginning of the instant of simulations that is taken out. */
  withoutStart?: string;
}

/** Returns the files that change, with their new texts. Existing declarations, comments and the order stay. */
export function declare(files: SourceFile[], added: Declarations): SourceFile[] {
  const project = files.find(({ path }) => path === projectFile || path === projectFileDsl);
  const documents = files.filter(({ path }) => isResourceFile(path)).map(open);
  const home = (path: string[]): Document => {
    const holding = (way: string[]) => documents.find(({ document }) => document.hasIn(way))?.document;
    const main = documents.find(({ file }) => file === project)?.document;
    const found = path.map((_, i) => holding(path.slice(0, path.length - i))).find((one) => one !== undefined);
    if (!found && !main) throw new Error('a project without its file');
    return found ?? (main as Document);
  };
  for (const { document } of documents) takeOut(document, added);
  const source = (path: string[], sources: DeclaredSource[]) => {
    for (const one of sources) addSource(home(path), path, written(one));
  };
  const fields = (path: string[], all: Field[]) => {
    for (const field of all) put(home(path), [...path, field.name], writtenField(field));
  };
  source(['data', 'customers', 'from'], added.customers);
  fields(['data', 'customers', 'attributes'], added.attributes);
  for (const [channel, columns] of Object.entries(added.columnConsent)) {
    const path = ['data', 'customers', 'consent', channel];
    put(home(path), path, writtenConsent(columns));
  }
  for (const { name, sources, fields: own } of added.events) {
    source(['data', 'events', name, 'from'], sources);
    fields(['data', 'events', name, 'fields'], own);
  }
  for (const kind of ['consent', 'suppressions'] as const) {
    const path = ['data', kind];
    for (const one of added[kind]) addSource(home(path), path, written(one), true);
  }
  return documents.flatMap(({ file, document, before }) => {
    const text = document.toString({ lineWidth: 0 });
    return text === before ? [] : [close(file, text)];
  });
}

interface Opened {
  file: SourceFile;
  document: Document;
  /** The text as the library writes it before anything has changed. */
  before: string;
}

function open(file: SourceFile): Opened {
  const yaml = surfaceOf(file.path) === 'yaml' ? file.text : (convertFile(file).file?.text ?? '');
  const document = parseDocument(yaml);
  return { file, document, before: document.toString({ lineWidth: 0 }) };
}

/** Returns the file with its new text, in the canonical form if it was in that form before. */
function close(file: SourceFile, text: string): SourceFile {
  if (surfaceOf(file.path) === 'dsl') {
    const yaml = file.path === projectFileDsl ? projectFile : `${file.path}.yaml`;
    const { file: converted } = convertFile({ path: yaml, text });
    if (!converted) throw new Error(`${file.path} cannot be written`);
    return { ...converted, path: file.path };
  }
  const canonical = formatFile(file).text === file.text;
  return { path: file.path, text: canonical ? (formatFile({ path: file.path, text }).text ?? text) : text };
}

/** Adds a source to the list at a path. `stream`: the first one is written under `from`, without a list. */
function addSource(document: Document, path: string[], source: unknown, stream = false): void {
  const there = document.getIn(path, true) as Node | undefined;
  if (isMap(there) && there.has('from')) addSource(document, [...path, 'from'], source);
  else if (isSeq(there)) there.add(document.createNode(source));
  else if (there === undefined || (isScalar(there) && there.value === null)) {
    put(document, path, stream && typeof source !== 'string' ? { from: source } : source);
  } else {
    const list = new YAMLSeq(document.schema);
    list.items = [there, document.createNode(source)];
    put(document, path, list);
  }
}

/** Sets the value at a path, and creates the maps on the way that are missing or empty. */
function put(document: Document, path: string[], value: unknown): void {
  for (let length = 1; length < path.length; length++) {
    const way = path.slice(0, length);
    if (!isMap(document.getIn(way, true))) document.setIn(way, document.createNode({}));
    const map = document.getIn(way, true);
    // `fields: {}` grows to lines.
    if (isMap(map)) map.flow = false;
  }
  document.setIn(path, document.createNode(value));
}

function takeOut(document: Document, { without, withoutStart }: Declarations): void {
  const start = ['project', 'simulation', 'from'];
  if (withoutStart !== undefined && String(document.getIn(start)).startsWith(withoutStart)) document.deleteIn(start);
  if (without.length === 0) return;
  const events = document.getIn(['data', 'events'], true);
  const names = isMap(events) ? events.items.map(({ key }) => String(isScalar(key) ? key.value : key)) : [];
  const paths = [
    ['data', 'customers', 'from'],
    ...names.map((name) => ['data', 'events', name, 'from']),
    ...['consent', 'suppressions', 'feedback'].flatMap((name) => [
      ['data', name, 'from'],
      ['data', name],
    ]),
  ];
  for (const path of paths) {
    if (!document.hasIn(path)) continue;
    const there = document.getIn(path, true);
    const isOut = (node: unknown) =>
      without.includes(String(isMap(node) ? node.get('path') : isScalar(node) ? node.value : ''));
    if (isSeq(there)) {
      there.items = there.items.filter((item) => !isOut(item));
      if (there.items.length === 0) document.deleteIn(path);
    } else if (isOut(there)) document.deleteIn(path);
  }
}

function written({
  path,
  rename,
  delimiter,
  fields,
  known: _known,
  consent: _consent,
  ...writing
}: DeclaredSource): unknown {
  const parts = {
    ...(Object.keys(rename).length > 0 && { rename }),
    ...(delimiter !== undefined && { delimiter: delimiter === '\t' ? 'tab' : delimiter }),
    ...writing,
    ...(fields && { fields: fields satisfies Record<string, ValueWriting> }),
  };
  return Object.keys(parts).length === 0 ? path : { path, ...parts };
}

function writtenField({ type, pii, title, items }: Field): unknown {
  const usual = type === 'email' || type === 'phone';
  const more = {
    ...(pii !== usual && { pii }),
    ...(title !== undefined && { title }),
    ...(items && { items: Object.fromEntries(items.map((item) => [item.name, writtenField(item)])) }),
  };
  return Object.keys(more).length === 0 ? type : { type, ...more };
}
