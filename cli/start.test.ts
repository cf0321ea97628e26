import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

/** Prints the address of every module that the process loaded. */
const hook = `
  import { registerHooks } from 'node:module';
  const loaded = [];
  registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
  process.on('exit', () => console.error(loaded.join('\\n')));
`;

/** Returns the modules that `crm validate` loads on this repository's project: packages by name, files by path. */
function loadedByValidate(): Set<string> {
  const words = [
    '--import',
    `data:text/javascript,${encodeURIComponent(hook)}`,
    'cli/main.ts',
    'validate',
    '--lang',
    'en',
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: root, encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringMatching(/: fine\n$/) });
  const home = `${pathToFileURL(root)}/`;
  const name = (url: string) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? url.replace(home, '');
  return new Set(
    stderr
      .split('\n')
      .filter((url) => url.startsWith('file:'))
      .map(name),
  );
}

test('validate loads no package and no part of the program that it does not need', () => {
  const loaded = [...loadedByValidate()].toSorted();
  expect(loaded).toContain('spec/load.ts');
  expect(loaded.filter((name) => !/\.(ts|json)$/.test(name))).toEqual([
    'commander',
    'croner',
    'fastest-levenshtein',
    'handlebars',
    'picocolors',
    'source-map',
    'sql-template-tag',
    'yaml',
  ]);
  const rooms = ['engine', 'cli/commands', 'cli/russian', 'language-server', 'spec/names'];
  expect(loaded.filter((name) => rooms.some((room) => name.startsWith(`${room}/`)))).toEqual([
    'cli/commands/validate.ts',
    'engine/store/faults.ts',
    'engine/user-error.ts',
  ]);
});
