import { readFileSync } from 'node:fs';

/** Returns the version of the package that contains this file, built (`dist/cli`) or not (`cli`). */
export const version = find(import.meta.dirname);

function find(folder: string): string {
  for (const up of ['..', '../..']) {
    try {
      const { name, version } = JSON.parse(readFileSync(`${folder}/${up}/package.json`, 'utf8')) as Record<
        string,
        string
      >;
      if (name === 'kaskad' && version) return version;
    } catch {
      // Not there: it is one folder up.
    }
  }
  return 'unknown';
}
