import { execFileSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { crm } from '../../cli/crm.ts';
import { testIo } from '../io.ts';
import { callsIn, wordsOf } from './commands.ts';
import { blocksOf, repository, rewritten } from './pages.ts';

/** The instant at which the pages are read. */
export const now = Date.UTC(2026, 2, 13, 9);

/** Runs a command at a terminal of 80 columns in `root`. Returns what it prints. */
export async function run(root: string, call: string, exits = 0): Promise<string> {
  const view = { color: false, width: 80 };
  const io = testIo(root, { now: () => now, view, errorView: view });
  const code = await crm(wordsOf(call), io);
  expect(code, `${call}\n${io.said.out}${io.said.err}`).toBe(exits);
  return io.said.out;
}

/** Copies this repository's project but for its tests, whose place the page's own take, with its data. */
export async function copyProject(root: string): Promise<void> {
  await copyFiles(root);
  await symlink(join(repository, 'sample'), join(root, 'sample'));
}

/** Copies the same without data. */
export async function copyFiles(root: string): Promise<void> {
  const tests = join(repository, 'campaigns', 'tests');
  for (const part of ['crm.yaml', 'campaigns', 'templates', 'environments'])
    await cp(join(repository, part), join(root, part), { recursive: true, filter: (path) => path !== tests });
}

/** Writes the data of the first so many customers alone: a plan of all of them takes a while. */
export async function copyData(root: string, customers: number): Promise<void> {
  const from = join(repository, 'sample');
  await mkdir(join(root, 'sample'));
  for (const name of (await readdir(from)).filter((one) => /\.(csv|jsonl)$/.test(one))) {
    const lines = (await readFile(join(from, name), 'utf8')).split('\n');
    const own = (line: string) => Number(/\bc(\d{5})\b/.exec(line)?.[1]) <= customers;
    const kept = lines.filter((line, i) => (i === 0 && name.endsWith('.csv')) || own(line));
    await writeFile(join(root, 'sample', name), `${kept.join('\n')}\n`);
  }
}

/** Makes a repository of a folder, with all its files on the branch main. */
export function commitAll(root: string): void {
  const who = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false'];
  for (const words of [
    ['init', '--quiet', '--initial-branch', 'main'],
    ['add', '-A'],
    ['commit', '--quiet', '-m', 'first'],
  ])
    execFileSync('git', [...who, ...words], { cwd: root });
}

/** Returns what was printed without what differs each time. */
function stable(text: string): string {
  return text
    .replaceAll(/\/\S+\/kaskad-\w+/g, '/tmp/kaskad')
    .replaceAll(/\bin \d+\.\d s\b/g, 'in 0.6 s')
    .replaceAll(/ +$/gm, '');
}

/**
 * Does in `root` what a page says, from its top: writes the files whose path is beside the fence, and runs the commands.
 * Returns the page with what they have printed in the blocks of text.
 */
export async function play(page: string, root: string): Promise<string> {
  const printed = new Map<number, string>();
  let last = '';
  for (const { language, info, text, line } of blocksOf(page)) {
    if (info.startsWith('no-run')) continue;
    if (language === 'sh') {
      last = '';
      for (const call of callsIn(text)) last += await run(root, call, Number(/^exits (\d+)$/.exec(info)?.[1] ?? 0));
    } else if (language === 'text') {
      printed.set(line, stable(last));
    } else if (info !== '') {
      await mkdir(dirname(join(root, info)), { recursive: true });
      await writeFile(join(root, info), text);
    }
  }
  return rewritten(page, printed);
}
