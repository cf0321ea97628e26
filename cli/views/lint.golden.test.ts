import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { SourceFile } from '../../spec/diagnostics/diagnostic.ts';
import { useLanguage } from '../../spec/words/language.ts';
import { checked } from '../checked.ts';
import { catalogue } from '../russian/index.ts';
import { renderDiagnostics, summariseDiagnostics } from './diagnostics.ts';

afterEach(() => useLanguage('en'));

const folder = join(import.meta.dirname, '../../test/golden/lint');
const update = process.env.UPDATE_GOLDEN === '1';

function filesOf(root: string): SourceFile[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path !== 'expected.txt' && statSync(join(root, path)).isFile())
    .map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(join(root, path), 'utf8') }));
}

describe('what a person reads about a project that is right but hardly meant', () => {
  it.each(readdirSync(folder))('%s', (name) => {
    const files = filesOf(join(folder, name));
    const { model, diagnostics } = checked(files, undefined);
    const summary = summariseDiagnostics(diagnostics);
    const text = `${renderDiagnostics(diagnostics, files, { color: false, width: 100 })}\n${summary}\n`;
    expect(model).toBeDefined();
    expect(text).not.toMatch(/undefined|\[object|\n {4}at /);
    const path = join(folder, name, 'expected.txt');
    if (update) writeFileSync(path, text);
    expect(text).toBe(readFileSync(path, 'utf8'));
  });

  it('yaml, in Russian', () => {
    useLanguage('ru', catalogue);
    const files = filesOf(join(folder, 'yaml'));
    const { diagnostics } = checked(files, undefined);
    const summary = summariseDiagnostics(diagnostics);
    const text = `${renderDiagnostics(diagnostics, files, { color: false, width: 80 })}\n${summary}\n`;
    const path = join(folder, '../russian/lint-yaml.txt');
    if (update) writeFileSync(path, text);
    expect(text).toBe(readFileSync(path, 'utf8'));
  });

  it('is the same on both surfaces', () => {
    const told = (name: string) => {
      const { diagnostics } = checked(filesOf(join(folder, name)), undefined);
      return diagnostics.map(({ rule, severity, message }) => `${severity} ${rule} ${message}`).sort();
    };
    expect(told('dsl')).toEqual(told('yaml'));
  });
});
