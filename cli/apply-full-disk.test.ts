import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { DuckDb } from '../engine/store/duckdb.ts';
import { dump } from '../test/dump.ts';
import { scriptOfProgram } from '../test/program.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const main = await scriptOfProgram();
let root: string;

/** Runs a command. `kib`: files of at most so many KiB can be written, as where the disk is full; absent: of any size. */
async function call(words: string[], kib?: number): Promise<{ code: number; said: string }> {
  const limit = kib === undefined ? '' : `trap "" XFSZ; ulimit -f ${kib * 2};`;
  const script = `${limit} exec "$0" "$@"`;
  const child = spawn('sh', ['-c', script, process.execPath, main, ...words], {
    cwd: root,
    env: { ...process.env, CRM_ACTOR: 'test', CRM_LANG: 'en' },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part) => {
      said += part;
    });
  const [code] = await once(child, 'close');
  return { code: Number(code), said };
}

const store = () => join(root, '.kaskad/store.duckdb');

async function contents(): Promise<object> {
  const db = await DuckDb.open(store());
  try {
    return await dump(db);
  } finally {
    await db.close();
  }
}

/** A project with so many campaigns that an apply writes much more than fits. */
async function writeProject(campaigns: number): Promise<void> {
  const names = Array.from({ length: campaigns }, (_, i) => `campaign-${i}`);
  await writeFile(
    join(root, 'crm.yaml'),
    `
project: { name: shop, timezone: UTC, locale: en, currency: EUR }
data:
  customers: { attributes: { phone: phone } }
  events: { paid: {} }
channels:
  sms: { transport: file, directory: out }
campaigns:
${names.map((name) => `  ${name}: { on: { event: paid }, steps: [{ wait: 1 day }, { send: { sms: hello } }] }`).join('\n')}
`,
  );
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-full-disk-'));
  await mkdir(join(root, 'templates'));
  await writeFile(join(root, 'templates/hello.sms.hbs'), 'Hello\n');
  await writeProject(1);
  expect(await call(['apply', '--auto-approve'])).toMatchObject({ code: 0 });
});
afterAll(() => rm(root, { recursive: true }));

it('an apply on a full disk ends with a clear error, leaves the store as it was, and can be repeated', async () => {
  await writeProject(500);
  expect(await call(['plan', '--out', 'plan.json'])).toMatchObject({ code: 0 });
  const before = await contents();
  // DuckDB writes an apply to its log first, which soon exceeds the limit.
  const failed = await call(['apply', 'plan.json'], 64);
  expect(failed.said).toMatch(/error .*(disk|space|written|full)/i);
  expect(failed.said).not.toMatch(/internal error|\n +at /);
  expect(failed.code).toBe(1);
  expect(await contents()).toEqual(before);
  expect(await call(['apply', 'plan.json'])).toMatchObject({ code: 0 });
});
