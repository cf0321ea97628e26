import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';

const project = `project: { name: shop, timezone: UTC, locale: en, currency: EUR }
data: { customers: { attributes: { email: email } } }
channels: { email: { transport: smtp, url: env:SMTP_URL, from: Shop <a@shop.example> } }
`;

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-env-'));
  await mkdir(join(root, 'environments'));
  await writeFile(join(root, 'crm.yaml'), project);
  await writeFile(join(root, 'environments/pr.yaml'), 'temporary: true\n');
  await writeFile(join(root, 'environments/staging.yaml'), 'delivery: test\n');
  await writeFile(
    join(root, 'environments/production.yaml'),
    'delivery: live\nchannels: { email: { url: env:LIVE_URL } }\n',
  );
});
afterAll(() => rm(root, { recursive: true }));

async function run(...words: string[]) {
  const io = testIo(root);
  return { code: await crm(words, io), out: io.said.out, err: io.said.err };
}

const stores = async () => (await readdir(join(root, '.kaskad'))).filter((file) => file.endsWith('.duckdb')).sort();

it('of a branch has a store of its own, which is removed with what it has written, and no other is', async () => {
  for (const name of ['pr-12', 'pr-13', 'staging'])
    expect(await run('apply', '--auto-approve', '--env', name)).toMatchObject({ code: 0 });
  expect(await run('tick', '--env', 'pr-12'), 'no secret is needed where nothing leaves').toMatchObject({ code: 0 });
  await mkdir(join(root, 'out/pr-12/email'), { recursive: true });
  await mkdir(join(root, 'out/pr-13'), { recursive: true });
  expect(await stores()).toEqual(['pr-12.duckdb', 'pr-13.duckdb', 'staging.duckdb']);
  expect(await run('env', 'remove', 'pr-12')).toMatchObject({ code: 0, out: 'Removed the store of pr-12.\n' });
  expect(await stores()).toEqual(['pr-13.duckdb', 'staging.duckdb']);
  expect(await readdir(join(root, '.kaskad'))).not.toContain(expect.stringContaining('pr-12'));
  expect(await readdir(join(root, 'out'))).toEqual(['pr-13']);
  expect(await run('env', 'remove', 'pr-12')).toMatchObject({ code: 0, out: 'pr-12 had no store.\n' });
});

it('of another kind keeps its store', async () => {
  for (const name of ['staging', 'production', 'pr']) {
    const { code, err } = await run('env', 'remove', name);
    expect([code, err]).toEqual([1, expect.stringContaining(`\`${name}\` is no temporary environment`)]);
  }
  expect((await run('env', 'remove', 'nowhere')).err).toContain('There is no environment `nowhere`');
  expect((await run('env', 'remove', 'pr-../../x')).code).toBe(1);
});

it('does not change the hash of the Program unless its variables do', async () => {
  const hashes = new Set<string>();
  for (const name of [undefined, 'staging', 'production', 'pr-12']) {
    const { out } = await run('compile', ...(name === undefined ? [] : ['--env', name]));
    hashes.add(JSON.parse(out).hash);
  }
  expect(hashes.size).toBe(1);
  await writeFile(join(root, 'crm.yaml'), `${project}variables: { limit: 1 }\n`);
  await writeFile(join(root, 'environments/staging.yaml'), 'delivery: test\nvariables: { limit: 2 }\n');
  const [one, other] = [await run('compile', '--env', 'production'), await run('compile', '--env', 'staging')];
  expect(JSON.parse(one.out).hash).not.toBe(JSON.parse(other.out).hash);
});

it('with another server of a channel is a change that an apply makes, under the same hash', async () => {
  await writeFile(join(root, 'crm.yaml'), project);
  await writeFile(join(root, 'environments/staging.yaml'), 'delivery: test\n');
  await run('apply', '--auto-approve', '--env', 'staging');
  const before = JSON.parse((await run('status', '--json', '--env', 'staging')).out).deployment;
  expect(before.current).toBe(true);
  await writeFile(
    join(root, 'environments/staging.yaml'),
    'delivery: test\nchannels: { email: { to: you@example.com } }\n',
  );
  const planned = JSON.parse((await run('plan', '--json', '--env', 'staging')).out);
  expect(planned.changes.map(({ address }: { address: string }) => address)).toEqual(['channel.email']);
  expect((await run('status', '--env', 'staging', '--json')).out).toContain('"current":false');
  expect(await run('apply', '--auto-approve', '--env', 'staging')).toMatchObject({ code: 0 });
  const after = JSON.parse((await run('status', '--json', '--env', 'staging')).out).deployment;
  expect(after).toMatchObject({ serial: before.serial + 1, hash: before.hash, current: true });
});
