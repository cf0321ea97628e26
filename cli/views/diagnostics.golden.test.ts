import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SourceFile } from '../../spec/diagnostic.ts';
import { loadProject } from '../../spec/load.ts';
import { renderDiagnostics, summariseDiagnostics } from './diagnostics.ts';

const folder = join(import.meta.dirname, '../../test/golden/diagnostics');
const update = process.env.UPDATE_GOLDEN === '1';

function filesOf(root: string): SourceFile[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path !== 'expected.txt' && statSync(join(root, path)).isFile())
    .map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(join(root, path), 'utf8') }));
}

describe('what a person reads about a wrong project', () => {
  for (const name of readdirSync(folder)) {
    it(name, () => {
      const files = filesOf(join(folder, name));
      const { model, diagnostics } = loadProject(files);
      const summary = summariseDiagnostics(diagnostics);
      const text = `${renderDiagnostics(diagnostics, files, { color: false, width: 100 })}\n${summary}\n`;
      expect(model).toBeUndefined();
      expect(text).not.toMatch(/oneOf|anyOf|#\/|undefined|\[object|\n {4}at /);
      const path = join(folder, name, 'expected.txt');
      if (update) writeFileSync(path, text);
      expect(text).toBe(readFileSync(path, 'utf8'));
    });
  }
});
