import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { loadProject } from '../../spec/load.ts';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';
import { readProject } from '../project.ts';

/** An empty folder for each test of a file, and what imports into it need. */
export function importFolder() {
  let root = '';
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'kaskad-import-'));
  });
  afterEach(() => rm(root, { recursive: true }));
  return {
    path: (...parts: string[]) => join(root, ...parts),
    /** Runs `crm` there; returns its exit code and its output. */
    async run(...words: string[]) {
      const io = testIo(root, { now: () => Date.UTC(2026, 0, 15, 9), view: { color: false, width: 1000 } });
      const code = await crm(words, io);
      return { code, ...io.said };
    },
    async put(path: string, content: string | Uint8Array) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), content);
    },
    text: (path = 'crm.yaml') => readFile(join(root, path), 'utf8'),
    /** Returns the Model of the project there, which has no errors. */
    async model() {
      const read = loadProject(await readProject(root));
      expect(read.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      if (!read.model) throw new Error('the project has errors');
      return read.model;
    },
  };
}

/** Returns a text of Russian and ASCII letters in Windows-1251. */
export const cp1251 = (all: string) =>
  Uint8Array.from(all, (letter) => {
    const code = letter.codePointAt(0) ?? 0;
    if (code < 128) return code;
    if (letter === 'ё') return 0xb8;
    if (letter === 'Ё') return 0xa8;
    if (letter === '\u00a0') return 0xa0;
    return code - 0x410 + 0xc0;
  });
