import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DateTime } from 'luxon';
import { convertFile, type Surface } from '../../spec/convert.ts';
import { isResourceFile } from '../../spec/document/project-files.ts';
import { schemaText } from '../../spec/document/schema.ts';
import { laterAll } from '../../spec/words/t.ts';
import { factorBetween, withAmounts, withTotals } from './amounts.ts';
import type { Language, Setting } from './setting.ts';

/** The starters of a new project, and their subjects. */
export const starters = laterAll({
  welcome: 'greet new customers',
  cart: 'remind of abandoned carts',
  winback: 'write to those who have stopped buying',
  empty: 'nothing but the project file',
});

export type Starter = keyof typeof starters;

const folder = fileURLToPath(new URL('./starters/', import.meta.url));
const others = (starter: Starter) => Object.keys(starters).filter((name) => name !== starter);

/** The first day of the simulation that the sample customers are made for, in local time. */
export const SIMULATED_FROM = '2026-03-02T00:00';

/** Returns the text files of a new project, by path. */
export async function starterFiles(
  starter: Starter,
  surface: Surface,
  setting: Setting,
): Promise<Record<string, string>> {
  const all = await filesIn(join(setting.language, starter === 'empty' ? 'empty' : 'shop'));
  const own = Object.entries(all).filter(([path]) => !others(starter).some((name) => belongsTo(name, path)));
  const factor = (await amountsIn(setting)) ?? 1;
  const files = own.map(([path, text]): [string, string] => [
    path === 'gitignore' ? '.gitignore' : path,
    adapted(path, text, setting, factor),
  ]);
  if (surface === 'dsl') return Object.fromEntries(files.map(inDsl));
  // Editors check YAML by it wherever Kaskad is installed.
  return { ...Object.fromEntries(files), 'crm.schema.json': schemaText() };
}

/** Returns by what the amounts of a starter are multiplied in a currency; undefined: what is usual there is not known, and they stay. */
export async function amountsIn({ language, currency }: Omit<Setting, 'name'>): Promise<number | undefined> {
  const { 'crm.yaml': project = '' } = await filesIn(join(language, 'shop'));
  const [, own = ''] = /^ {2}currency: (.*)$/m.exec(project) ?? [];
  return factorBetween(own, currency);
}

/** Returns the files of the sample customers in a language, by path. */
export async function sampleFiles(language: Language): Promise<Record<string, string>> {
  const files = Object.entries(await filesIn(join(language, 'shop')));
  return Object.fromEntries(files.filter(([path]) => path.startsWith('sample/')));
}

async function filesIn(part: string): Promise<Record<string, string>> {
  const entries = await readdir(join(folder, part), { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const read = paths.map(async (path) => [
    path.slice(join(folder, part).length + 1).replaceAll(sep, '/'),
    await readFile(path, 'utf8'),
  ]);
  return Object.fromEntries(await Promise.all(read));
}

/** The project of each language has the campaigns of all starters, each in files by its name. */
function belongsTo(starter: string, path: string): boolean {
  return new RegExp(`^(campaigns|tests|templates)/${starter}[./]`).test(path);
}

/** Replaces the name, the time zone and the currency of the files by those of the new project, and moves instants into its zone. `factor`: of amounts. */
function adapted(path: string, text: string, { name, timezone, currency }: Setting, factor: number): string {
  if (path === 'README.md') return text.replace(/^# my-shop$/m, `# ${name}`);
  if (!isResourceFile(path)) return withTotals(text, factor);
  return withAmounts(text, factor)
    .replace(/^ {2}name: my-shop$/m, `  name: ${name}`)
    .replace(/^ {2}timezone: .*$/m, `  timezone: ${timezone}`)
    .replace(/^ {2}currency: .*$/m, `  currency: ${currency}`)
    .replaceAll(/\b(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)[+-]\d\d:\d\d/g, (_, local: string) => instant(local, timezone));
}

/** Returns a local time in the zone with its offset. */
function instant(local: string, zone: string): string {
  const at = DateTime.fromISO(local, { zone }).toISO({ suppressMilliseconds: true });
  return at?.replace(/Z$/, '+00:00') ?? local;
}

/** Converts YAML, the only surface of the starters, so the two cannot drift apart. */
function inDsl([path, text]: [string, string]): [string, string] {
  if (!isResourceFile(path)) return [path, text];
  const { file } = convertFile({ path, text });
  if (!file) throw new Error(`${path} of a new project cannot be converted`);
  return [file.path, file.text];
}

/** Returns a name for a project from that of its folder. */
export function projectName(folderName: string): string {
  const name = folderName
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '');
  return name || 'my-shop';
}
