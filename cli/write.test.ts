import { execFileSync } from 'node:child_process';
import { lstat, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Plan } from '../engine/plan/plan.ts';
import { writePrivate } from './private-file.ts';
import { writeWhole } from './write.ts';
import { writePlanFile } from './write-plan.ts';

let root = '';

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-write-'));
});

afterEach(() => rm(root, { recursive: true }));

describe.each([
  ['a file of the project', writeWhole],
  ["a file with customers' data", writePrivate],
])('%s', (_, write) => {
  it('takes the place of no folder, device or pipe', async () => {
    await expect(write(root, 'text')).rejects.toThrow('is not a file');
    const link = join(root, 'link');
    await symlink('/dev/null', link);
    await expect(write(link, 'text')).rejects.toThrow('is not a file');
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    expect((await lstat('/dev/null')).isCharacterDevice()).toBe(true);
  });

  it('is written where a link leads, which stays', async () => {
    const [link, target] = [join(root, 'link'), join(root, 'target')];
    await writeFile(target, 'before');
    await symlink(target, link);
    await write(link, 'after');
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    expect(await readFile(target, 'utf8')).toBe('after');
  });
});

it('waits for nobody to read a pipe that a plan is to be written to', async () => {
  const pipe = join(root, 'pipe');
  execFileSync('mkfifo', [pipe]);
  await expect(writePlanFile(pipe, {} as Plan)).rejects.toThrow('is not a file');
});
