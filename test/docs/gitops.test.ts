import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { blocksOf, repository, rewritten } from './pages.ts';

// Executes docs/gitops.md in a real shell, with a real git.

vi.setConfig({ testTimeout: 180_000 });

const page = 'docs/gitops.md';
let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-gitops-'));
  const program = join(root, 'bin', 'crm');
  await mkdir(dirname(program));
  await writeFile(program, `#!/bin/sh\nexec "${process.execPath}" "${join(repository, 'cli', 'main.ts')}" "$@"\n`);
  await chmod(program, 0o755);
});
afterAll(() => rm(root, { recursive: true }));

/** Runs lines in the folder in which those before have ended. Returns what they print on both streams. */
async function shell(lines: string, exits: number): Promise<string> {
  const { GIT_DIR, GIT_INDEX_FILE, GIT_PREFIX, CRM_ENV, ...env } = process.env;
  const place = join(root, 'bin', 'place');
  const script = `cd "$(cat ${place} 2>/dev/null || echo ${root}/work)"\ntrap 'pwd > ${place}' EXIT\n${lines}`;
  const who = { GIT_AUTHOR_NAME: 'Anna', GIT_AUTHOR_EMAIL: 'anna@shop.example' };
  const committer = { GIT_COMMITTER_NAME: 'Anna', GIT_COMMITTER_EMAIL: 'anna@shop.example' };
  const settings = { CRM_LANG: 'en', CRM_ACTOR: 'anna', COLUMNS: '80', NO_COLOR: '1' };
  const path = `${join(root, 'bin')}${delimiter}${env.PATH}`;
  return new Promise((done, fail) => {
    execFile(
      'sh',
      ['-eu', '-c', script],
      { env: { ...env, ...who, ...committer, ...settings, PATH: path } },
      (error, out, err) => {
        const code = error ? error.code : 0;
        if (code === exits) done(`${out}${err}`);
        else fail(new Error(`${lines}\nexits with ${code}:\n${out}${err}`));
      },
    );
  });
}

/** Returns what was printed without what differs each time. */
function stable(text: string): string {
  return text
    .replaceAll(/(?<=[Cc]ommit:? )[0-9a-f]{12}/g, '4f2a90c1d3b7')
    .replaceAll(/(?<=[Cc]ommit:? )[0-9a-f]{8}\b/g, '4f2a90c1')
    .replaceAll(/(?<=[Pp]lan[ -])[0-9a-f]{12}/g, '9c41e07ab2f3')
    .replaceAll(/(?!2026-03)\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?/g, '2026-12-01 10:00')
    .replaceAll(/ +$/gm, '');
}

it('prints what the page shows', async () => {
  await mkdir(join(root, 'work'));
  const printed = new Map<number, string>();
  let last = '';
  for (const { language, info, text, line } of blocksOf(page)) {
    if (info.startsWith('no-run')) continue;
    if (language === 'sh') last = await shell(text, Number(/^exits (\d+)$/.exec(info)?.[1] ?? 0));
    else if (language === 'text') printed.set(line, stable(last));
    else await shell(`mkdir -p "$(dirname ${info})"\ncat > ${info} <<'END'\n${text}END\n`, 0);
  }
  await expect(rewritten(page, printed)).toMatchFileSnapshot(join(repository, page));
});
