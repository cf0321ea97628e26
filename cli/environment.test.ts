import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testIo } from '../test/io.ts';
import { crm } from './crm.ts';
import { storePath } from './store.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-environment-'));
  await mkdir(join(root, 'environments'));
  const project = 'project: { name: x, timezone: UTC, locale: ru, currency: RUB, store: $place }\n';
  await writeFile(join(root, 'crm.yaml'), `${project}variables: { place: dev.duckdb, limit: 10 }\n`);
  await writeFile(join(root, 'environments/production.yaml'), 'variables: { place: live.duckdb }\n');
});
afterAll(() => rm(root, { recursive: true }));

async function compiled(words: string[], env: Record<string, string> = {}): Promise<unknown> {
  const io = testIo(root, { env });
  expect(await crm(['compile', ...words], io)).toBe(0);
  const { project, variables } = JSON.parse(io.said.out);
  return { store: project.store, variables };
}

const own = { store: 'dev.duckdb', variables: { limit: 10, place: 'dev.duckdb' } };
const production = { store: 'live.duckdb', variables: { limit: 10, place: 'live.duckdb' } };

it('takes the environment from --env, or from CRM_ENV', async () => {
  expect(await compiled([])).toEqual(own);
  expect(await compiled(['--env', 'production'])).toEqual(production);
  expect(await compiled([], { CRM_ENV: 'production' })).toEqual(production);
  expect(await compiled([], { CRM_ENV: '' })).toEqual(own);
});

it('lists the environments where the one asked for is unknown', async () => {
  const io = testIo(root, { env: { CRM_ENV: 'production' } });
  expect(await crm(['validate', '--env', 'staging'], io)).toBe(1);
  expect(io.said.out).toContain('There is no environment `staging`\n  help: Known environments: production.');
});

it('checks every environment, the chosen one or not', async () => {
  const path = join(root, 'environments/broken.yaml');
  await writeFile(path, 'variables: { plce: x }\n');
  const io = testIo(root);
  expect(await crm(['validate'], io)).toBe(1);
  expect(io.said.out).toContain('There is no variable `plce`\n  environments/broken.yaml:1:14');
  await rm(path);
});

it('finds the store of the environment', async () => {
  expect(await storePath(root)).toBe(join(root, 'dev.duckdb'));
  expect(await storePath(root, 'production')).toBe(join(root, 'live.duckdb'));
});
