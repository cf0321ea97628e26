import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { convertFile } from '../spec/convert.ts';
import type { SourceFile } from '../spec/diagnostics/diagnostic.ts';
import type { ParsedFile } from '../spec/document/parsed-file.ts';
import { Place } from '../spec/document/place.ts';
import { environmentOf, isResourceFile } from '../spec/document/project-files.ts';
import { fileDefinition } from '../spec/document/schema.ts';
import { readCrm } from '../spec/dsl/read.ts';
import { readYaml } from '../spec/yaml/yaml.ts';
import { type Followed, follow } from './places.ts';

const folder = fileURLToPath(new URL('../docs/reference/example', import.meta.url));

/** The project that uses every key once, without its data files. */
export function exampleFiles(): SourceFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => isResourceFile(path) || environmentOf(path) !== undefined || path.endsWith('.hbs'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
}

/** Returns the parts of the example, by the definitions that they follow. */
export function exampleFollowed(): Followed {
  const found: Followed = { places: new Map(), keys: new Set() };
  for (const file of exampleFiles()) {
    const definition = environmentOf(file.path) === undefined ? fileDefinition : 'environment';
    if (!file.path.endsWith('.hbs')) follow(definition, treeOf(file), found);
  }
  return found;
}

/** Returns the lines of a place, as they are written; of many only the first. */
export function snippet(place: Place): string {
  const lines = linesOf(place);
  const margin = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  const shown = lines.map((line) => line.slice(margin).trimEnd());
  return shown.length <= longest ? shown.join('\n') : [...shown.slice(0, longest), '# …'].join('\n');
}

/** Returns the number of lines that a piece takes. */
export function lengthOf(place: Place): number {
  return linesOf(place).length;
}

const longest = 16;

function linesOf(place: Place): string[] {
  const { text, document } = place.file;
  const { start, end } = place.key;
  const from = text.lastIndexOf('\n', Math.max(0, start.offset - 1)) + 1;
  // The range of a place ends with the first line of a map, that of its node with the last.
  const node = document.getIn(place.path, true) as { range?: [number, number, number] } | undefined;
  const last = text.slice(from, Math.max(node?.range?.[1] ?? 0, end.offset)).trimEnd();
  return balanced(text.slice(from), last.split('\n').length);
}

/** Returns the first `count` lines, and those up to where all their braces are closed: in the DSL a section is no block of its own. */
function balanced(text: string, count: number): string[] {
  const lines = text.split('\n');
  let open = 0;
  const end = lines.findIndex((line, index) => {
    open += (line.match(/\{/g)?.length ?? 0) - (line.match(/\}/g)?.length ?? 0);
    return index >= count - 1 && open <= 0;
  });
  return lines.slice(0, end + 1);
}

const converted = new Map<string, ParsedFile>();

/** Returns the same place on the other surface; undefined where there is none, as for environments. */
export function inDsl(place: Place): Place | undefined {
  const { path, text } = place.file;
  if (environmentOf(path) !== undefined) return undefined;
  const file = converted.get(path) ?? readDsl({ path, text });
  converted.set(path, file);
  const holder = place.path.findLastIndex((_key, index) => file.document.hasIn(place.path.slice(0, index + 1)));
  return new Place(file, place.path.slice(0, holder + 1));
}

function readDsl(yaml: SourceFile): ParsedFile {
  const { file } = convertFile(yaml);
  const tree = file && readCrm(file).file;
  if (!tree) throw new Error(`${yaml.path} cannot be converted`);
  return tree;
}

function treeOf(file: SourceFile): ParsedFile {
  const { file: tree, diagnostics } = readYaml(file);
  if (!tree) throw new Error(`${file.path}: ${diagnostics[0]?.message}`);
  return tree;
}
