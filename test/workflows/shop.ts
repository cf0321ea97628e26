import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { blocksOf } from '../docs/pages.ts';
import { commitAll, copyData, copyFiles } from '../docs/session.ts';
import { scriptOfProgram } from '../program.ts';

/** This repository's project, with one of its campaigns, in a repository of its own, and a folder with the commands that a machine of CI has. */
export interface ShippedShop {
  parent: string;
  root: string;
  /** For the variable PATH: `npx` calls `crm`. */
  path: string;
  git(...words: string[]): string;
  edit(file: string, from: string, to: string): Promise<void>;
}

/** A plan of all campaigns takes a while. */
const kept = ['review.crm.yaml', 'segments.crm.yaml'];

export async function shippedShop(): Promise<ShippedShop> {
  const parent = await mkdtemp(join(tmpdir(), 'kaskad-workflow-'));
  const root = join(parent, 'shop');
  const path = await commandsIn(join(parent, 'bin'));
  await mkdir(root);
  await copyFiles(root);
  for (const file of await readdir(join(root, 'campaigns')))
    if (!kept.includes(file)) await rm(join(root, 'campaigns', file), { recursive: true });
  const git = (...words: string[]) => {
    const who = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false'];
    return execFileSync('git', [...who, ...words], { cwd: root, encoding: 'utf8' }).trim();
  };
  commitAll(root);
  await writeFile(join(root, '.git/info/exclude'), '/plan\n/.crm\n/sample\n');
  await copyData(root, 300);
  git('update-ref', 'refs/remotes/origin/main', 'main');
  return {
    ...{ parent, root, git, path },
    edit: async (file, from, to) => {
      const text = await readFile(join(root, file), 'utf8');
      if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
      await writeFile(join(root, file), text.replace(from, to));
    },
  };
}

/** Makes a folder of commands, `npx` for one, which calls `crm`. Returns the variable PATH with it. */
export async function commandsIn(bin: string): Promise<string> {
  await mkdir(bin);
  const npx = `#!/bin/bash
while [[ $1 == -* ]]; do if [[ $1 == --package ]]; then shift; fi; shift; done
shift
exec '${process.execPath}' '${await scriptOfProgram()}' "$@"
`;
  await writeFile(join(bin, 'npx'), npx);
  await chmod(join(bin, 'npx'), 0o755);
  return `${bin}:${dirname(process.execPath)}:${process.env.PATH ?? ''}`;
}

/** Returns the files in the pages of docs whose fence says so, by the words after `no-run:`. */
export function filesIn(page: string, reason: string): string[] {
  return blocksOf(page)
    .filter(({ info }) => info === `no-run: ${reason}`)
    .map(({ text }) => text);
}
