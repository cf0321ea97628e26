import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { commandLine } from '../../cli/command-line.ts';
import { repository } from '../docs/pages.ts';
import { testIo } from '../io.ts';

interface Hook {
  id: string;
  name: string;
  entry: string;
  language: string;
  files: string;
  stages?: string[];
}

const hooks = parse(await readFile(join(repository, '.pre-commit-hooks.yaml'), 'utf8')) as Hook[];

/** The keys of a hook that pre-commit knows. */
const known = [
  ...['id', 'name', 'entry', 'language', 'files', 'exclude', 'types', 'types_or', 'exclude_types', 'always_run'],
  ...['fail_fast', 'verbose', 'pass_filenames', 'require_serial', 'description', 'language_version', 'args', 'stages'],
  ...['minimum_pre_commit_version', 'additional_dependencies'],
];

it('the hooks are hooks of pre-commit', () => {
  expect(hooks.map(({ id }) => id)).toEqual(['crm-validate', 'crm-fmt', 'crm-test']);
  for (const hook of hooks) {
    expect(hook).toMatchObject({ name: expect.any(String), entry: expect.any(String), language: 'node' });
    expect(Object.keys(hook).filter((key) => !known.includes(key))).toEqual([]);
    for (const stage of hook.stages ?? []) expect(['pre-commit', 'pre-push']).toContain(stage);
  }
});

it('the hooks call commands that there are, of the program that the package installs', async () => {
  const { bin } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8')) as { bin: object };
  const names = commandLine(testIo('/'), () => {}).commands.map((command) => command.name());
  for (const { entry } of hooks) {
    const [program = '', command = ''] = entry.split(' ');
    expect(Object.keys(bin)).toContain(program);
    expect(names).toContain(command);
  }
});

it('the hooks are for the files of a project and no others', () => {
  const tracked = execFileSync('git', ['ls-files'], { cwd: repository, encoding: 'utf8' }).trim().split('\n');
  for (const { files } of hooks) {
    const found = tracked.filter((path) => new RegExp(files).test(path));
    const own = /^(crm\.yaml|campaigns\/|templates\/|environments\/)/;
    expect(tracked.filter((path) => own.test(path) && !found.includes(path))).toEqual([]);
    expect(found.filter((path) => /\.(ts|md|csv|json)$/.test(path))).toEqual([]);
  }
});
