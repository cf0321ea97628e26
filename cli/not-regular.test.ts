import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readSourceFile } from '../engine/data/files/read.ts';
import { eventShape } from '../engine/data/files/shape.ts';
import { readProject } from './project.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-not-regular-'));
  await mkdir(join(root, 'shop/templates'), { recursive: true });
  await writeFile(join(root, 'shop/crm.yaml'), 'project: {}\n');
});
afterEach(() => rm(root, { recursive: true }));

it('a pipe among templates is refused at once', async () => {
  execFileSync('mkfifo', [join(root, 'shop/templates/x.email.hbs')]);
  await expect(readProject(join(root, 'shop'))).rejects.toThrow('x.email.hbs is not a regular file.');
});

it('a link is followed within the project, and not out of it', async () => {
  await writeFile(join(root, 'shop/templates/a.email.hbs'), 'Hello');
  await symlink('a.email.hbs', join(root, 'shop/templates/b.email.hbs'));
  expect((await readProject(join(root, 'shop'))).map(({ text }) => text)).toContain('Hello');
  await writeFile(join(root, 'secret'), 'secret');
  await symlink('../../secret', join(root, 'shop/templates/c.email.hbs'));
  await expect(readProject(join(root, 'shop'))).rejects.toThrow('c.email.hbs is a link that leads out of the project.');
});

it('a pipe as a data file is a problem of that file', async () => {
  execFileSync('mkfifo', [join(root, 'shop/events.csv')]);
  const shape = eventShape({ name: 'paid', sources: [], fields: [] });
  const problems = [];
  for await (const batch of readSourceFile(join(root, 'shop'), 'events.csv', shape, { zone: 'UTC', at: 0 }))
    problems.push(...batch.problems);
  expect(problems).toMatchObject([
    { code: 'unreadable-file', message: expect.stringContaining('not a file but a pipe') },
  ]);
});
