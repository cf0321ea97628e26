import type { OfDeclaration } from '../../engine/data/intake/declaring.ts';

/** Returns one entry for each declaration, in the order of its first file. `path`: of a single file its own, else as declared. */
export function byDeclaration<T extends OfDeclaration>(files: T[]): { path: string; files: T[] }[] {
  const groups = Map.groupBy(files, ({ path, declared }) => declared ?? path);
  return [...groups].map(([name, own]) => ({ path: own.length === 1 ? (own[0]?.path ?? name) : name, files: own }));
}
