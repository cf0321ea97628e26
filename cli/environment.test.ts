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
  expect(await storePath(testIo(root), root, {})).toBe(join(root, 'dev.duckdb'));
  expect(await storePath(testIo(root), root, { env: 'production' })).toBe(join(root, 'live.duckdb'));
});

it('finds the store by a reference', async () => {
  const place = async (store: string, env: Record<string, string> = {}) => {
    await writeFile(join(root, 'environments/other.yaml'), `variables: { place: "${store}" }\n`);
    return storePath(testIo(root, { env }), root, { env: 'other' });
  };
  await writeFile(join(root, 'place.txt'), 'below/store.duckdb\n');
  expect(await place('env:PLACE', { PLACE: '/srv/crm.duckdb' })).toBe('/srv/crm.duckdb');
  expect(await place('file:place.txt')).toBe(join(root, 'below/store.duckdb'));
  await expect(place('env:PLACE')).rejects.toThrow('The environment variable PLACE is not set.');
  const postgres = place('env:PLACE', { PLACE: 'postgres://shop:hunter2@db.example/crm' });
  await expect(postgres).rejects.toThrow('does not open from the command line');
  await expect(postgres).rejects.not.toThrow('hunter2');
  await expect(place('postgres://db.example/crm')).rejects.toThrow('is a PostgreSQL database');
  await expect(place('mysql://db.example/crm')).rejects.toThrow('is a URL that Kaskad cannot open');
  await rm(join(root, 'environments/other.yaml'));
});

it('refuses a store that is written out as a URL, and secrets in any URL, without showing them', async () => {
  const below = join(root, 'urls');
  const validate = async (store: string, url: string) => {
    const project = `project: { name: x, timezone: UTC, locale: ru, currency: RUB, store: "${store}" }\n`;
    const channel = `channels: { crm: { kind: webhook, transport: http, url: "${url}" } }\n`;
    await writeFile(join(below, 'crm.yaml'), project + channel);
    const io = testIo(below);
    const code = await crm(['validate', '--json'], io);
    const people = testIo(below);
    await crm(['validate'], people);
    expect(io.said.out + people.said.out).not.toContain('hunter2');
    return [code, ...[...io.said.out.matchAll(/"code":"(CRM[14]\d+)"/g)].map(([, found]) => found)];
  };
  await mkdir(below);
  expect(await validate('store.duckdb', 'https://crm.example/x?page=1')).toEqual([0]);
  expect(await validate('postgres://db.example/crm', 'https://crm.example/x')).toEqual([1, 'CRM1034']);
  expect(await validate('postgres://u:hunter2@db/crm', 'https://crm.example/x')).toEqual([1, 'CRM4015']);
  const said = testIo(below);
  await crm(['validate'], said);
  expect(said.said.out + said.said.err, 'the advice leads to a store that is opened').toContain('.kaskad/store.duckdb');
  expect(said.said.out + said.said.err).not.toContain('env:');
  expect(await validate('env:STORE', 'https://crm.example/x?api_key=hunter2')).toEqual([1, 'CRM4015']);
  expect(await crm(['compile'], testIo(below)), 'compile shows none of it either').toBe(1);
});
