import { glob, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { rooms } from './rooms.ts';

export interface Import {
  from: string;
  to: string;
  /** Types alone are imported. */
  type: boolean;
}

/** Returns the room of a file: the one with the longest folder that holds the file. */
export function roomOf(path: string): string | undefined {
  return rooms
    .map(({ folder }) => folder)
    .filter((folder) => path.startsWith(`${folder}/`))
    .toSorted((a, b) => b.length - a.length)
    .find((folder) => !['spec', 'engine'].includes(folder) || dirname(path) === folder);
}

/** Returns the imports and re-exports of the files of the product that match a pattern, from other files of the product. */
export async function importsUnder(pattern: string): Promise<Import[]> {
  return (await Promise.all((await filesUnder(pattern)).map(importsOf))).flat();
}

/** Returns the files of the product that match a pattern: tests and their helpers are no product. */
export async function filesUnder(pattern: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const path of glob(pattern)) if (!/\.(test|fixture|test-helper)\.ts$/.test(path)) paths.push(path);
  return paths.toSorted();
}

async function importsOf(path: string): Promise<Import[]> {
  const text = await readFile(path, 'utf8');
  const target = (to = '') => join(dirname(path), to);
  const named = [...text.matchAll(/^(?:import|export) (type )?([^;]*?) ?from '(\.[^']*)';/gms)].map(
    ([, type, names = '', to]) => {
      const each = names.replaceAll(/[{}\s]+/g, ' ').split(',');
      const types = each.filter((name) => name.trim() !== '').every((name) => name.trim().startsWith('type '));
      return { from: path, to: target(to), type: type !== undefined || types };
    },
  );
  const later = [...text.matchAll(/\bimport\('(\.[^']*)'\)/g)].map(([, to]) => ({
    from: path,
    to: target(to),
    type: false,
  }));
  return [...named, ...later];
}

/** Returns the imports of one room from another that no list of a room allows. */
export function refused(imports: Import[]): string[] {
  const allowed = ({ from, to, type }: Import) => {
    const [room, other] = [roomOf(from), roomOf(to)];
    if (room === undefined || other === undefined) return false;
    const { imports = [], types = [] } = rooms.find(({ folder }) => folder === room) ?? {};
    return room === other || imports.includes(other) || (type && types.includes(other));
  };
  return imports.filter((one) => !allowed(one)).map(({ from, to }) => `${from} → ${to}`);
}

/** Returns the groups of files that import each other in a circle; imports of types do not count. */
export function circles(imports: Import[]): string[][] {
  const targets = new Map<string, string[]>();
  for (const { from, to, type } of imports) if (!type) targets.set(from, [...(targets.get(from) ?? []), to]);
  const reached = new Map([...targets.keys()].map((file) => [file, reachable(file, targets)]));
  const inCircle = [...targets.keys()].filter((file) => reached.get(file)?.has(file));
  const groups = inCircle.map((file) =>
    inCircle.filter((other) => reached.get(file)?.has(other) && reached.get(other)?.has(file)).toSorted(),
  );
  return [...new Map(groups.map((group) => [group.join(' '), group])).values()];
}

function reachable(file: string, targets: ReadonlyMap<string, string[]>): Set<string> {
  const found = new Set<string>();
  const open = [file];
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const target of targets.get(next) ?? [])
      if (!found.has(target)) {
        found.add(target);
        open.push(target);
      }
  return found;
}
