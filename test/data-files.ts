import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

/** Sources of a project, without any declaration. */
export const from = (...paths: string[]) => paths.map((path) => ({ path, rename: {} }));

/** A folder of data files, for the tests of one file. */
export function dataFiles(name: string) {
  let root = '';
  let second = 0;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), `kaskad-${name}-`));
  });
  afterAll(() => rm(root, { recursive: true }));
  return {
    get root() {
      return root;
    },
    /** Every writing has a time of its own, however fast the test. */
    async put(path: string, text: string | Uint8Array): Promise<void> {
      await writeFile(join(root, path), text);
      await utimes(join(root, path), ++second, second);
    },
  };
}
