import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { SourceFile } from '../../spec/diagnostics/diagnostic.ts';
import { loadProject } from '../../spec/load.ts';
import { type Catalogue, type Language, useLanguage } from '../../spec/words/language.ts';
import { untranslated } from '../../test/untranslated.ts';
import { catalogue } from '../russian/index.ts';
import { renderDiagnostics, summariseDiagnostics } from './diagnostics.ts';

const goldens = join(import.meta.dirname, '../../test/golden');
const folder = join(goldens, 'diagnostics');
const update = process.env.UPDATE_GOLDEN === '1';

function filesOf(root: string): SourceFile[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path !== 'expected.txt' && statSync(join(root, path)).isFile())
    .map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(join(root, path), 'utf8') }));
}

const languages: { language: Language; texts?: Catalogue; width: number; fileOf: (name: string) => string }[] = [
  { language: 'en', width: 100, fileOf: (name) => join(folder, name, 'expected.txt') },
  {
    language: 'ru',
    texts: catalogue,
    width: 80,
    fileOf: (name) => join(goldens, 'russian', `diagnostics-${name}.txt`),
  },
];

afterEach(() => useLanguage('en'));

describe.each(languages)(
  'what a person reads about a wrong project, in $language',
  ({ language, texts, width, fileOf }) => {
    it.each(readdirSync(folder))('%s', (name) => {
      useLanguage(language, texts);
      const files = filesOf(join(folder, name));
      const { model, diagnostics } = loadProject(files);
      const summary = summariseDiagnostics(diagnostics);
      const text = `${renderDiagnostics(diagnostics, files, { color: false, width })}\n${summary}\n`;
      expect(model).toBeUndefined();
      expect(text).not.toMatch(/oneOf|anyOf|#\/|undefined|\[object|\n {4}at /);
      const path = fileOf(name);
      if (update) writeFileSync(path, text);
      expect(text).toBe(readFileSync(path, 'utf8'));
      const told = diagnostics.flatMap(({ message, help = '' }) => [message, help]);
      if (language === 'ru') expect(told.flatMap(untranslated)).toEqual([]);
    });
  },
);
