import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';

const project = `
project: { name: shop, timezone: UTC, locale: en, currency: EUR }
data:
  customers: { from: [sample/customers.csv, "exports/kunden *.csv"], attributes: { email: email } }
  events: { order_paid: { from: exports/orders.csv, fields: {} } }
  consent: exports/consent.csv
`;

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-tracked-'));
  await writeFile(join(root, 'crm.yaml'), project);
  for (const folder of ['sample', 'exports']) await mkdir(join(root, folder));
  for (const path of ['sample/customers.csv', 'exports/kunden *.csv', 'exports/kunden 1.csv', 'exports/orders.csv'])
    await writeFile(join(root, path), 'id\n');
});
afterEach(() => rm(root, { recursive: true }));

const git = (...words: string[]) => execFileSync('git', words, { cwd: root });
async function validate(...words: string[]) {
  const io = testIo(root);
  expect(await crm(['validate', ...words], io), io.said.err).toBe(0);
  return io.said;
}

it('data files that git tracks are warned of', async () => {
  expect((await validate()).err, 'outside of git').toBe('');
  git('init', '-q');
  git('add', 'sample');
  expect((await validate()).err, 'samples are no customers').toBe('');
  git('add', '.');
  const { err } = await validate();
  expect(err).toContain('warning: git tracks exports/kunden *.csv and 1 other data file: everybody');
  const [summary] = (await validate('--json')).out.trim().split('\n').slice(-1);
  expect(JSON.parse(summary ?? '')).toMatchObject({
    fine: true,
    tracked: ['exports/kunden *.csv', 'exports/orders.csv'],
  });
});

it('so are the files of a folder, and those that fit a pattern', async () => {
  await writeFile(join(root, 'crm.yaml'), project.replace('exports/orders.csv', '"exports/**/o*.csv"'));
  await mkdir(join(root, 'exports/old'));
  for (const path of ['exports/old/orders.csv', 'exports/old/other.tsv']) await writeFile(join(root, path), 'id\n');
  git('init', '-q');
  git('add', '.');
  expect((await validate()).err).toContain(
    'warning: git tracks exports/kunden *.csv and 2 other data files: everybody',
  );
});
