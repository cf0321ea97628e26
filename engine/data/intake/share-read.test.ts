import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { from } from '../../../test/data-files.ts';
import { tz } from '../../../test/drive.ts';
import { model } from '../../../test/world.ts';
import { compile } from '../../compile/compile.ts';
import { readData } from '../../inspect/read-data.ts';
import { ShareRead } from './share-read.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-share-'));
  const rows = Array.from({ length: 40_000 }, (_, i) => `c${i},${'x'.repeat(40)}${i}@example.com\n`).join('');
  await writeFile(join(root, 'customers.csv'), `id,email\n${rows}`);
  await writeFile(join(root, 'more.csv.gz'), gzipSync(`id,email\n${rows.replaceAll('c', 'd')}`));
});
afterAll(() => rm(root, { recursive: true }));

async function shares(...paths: string[]): Promise<number[]> {
  const { data } = model();
  const customers = { ...data.customers, sources: from(...paths) };
  const program = compile(model({ data: { ...data, customers } }));
  const told: number[] = [];
  const db = await readData(program, {
    root,
    at: Date.UTC(2026, 2, 2),
    tz,
    onReading: (n) => told.push(n),
  });
  await db.close();
  return told;
}

describe('the share of what is read', () => {
  test('grows within a file, piece by piece, up to all of it', async () => {
    const told = await shares('customers.csv');
    expect(told.length).toBeGreaterThan(4);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told[0]).toBe(0);
    expect(told[1]).toBeGreaterThan(0);
    expect(told[1]).toBeLessThan(0.3);
    expect(told.at(-1)).toBe(1);
  });

  test('counts the bytes that several files take, packed or not', async () => {
    const [plain, packed] = await Promise.all(
      ['customers.csv', 'more.csv.gz'].map(async (path) => (await stat(join(root, path))).size),
    );
    const told = await shares('customers.csv', 'more.csv.gz');
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told).toContainEqual(expect.closeTo((plain ?? 0) / ((plain ?? 0) + (packed ?? 0)), 6));
  });
});

test('a file that grows while it is read never counts for more than its size, and one without bytes for nothing', () => {
  const told: number[] = [];
  const share = new ShareRead([50, 0, 50], (n) => told.push(n));
  share.begin(50);
  share.add(80);
  share.begin(0);
  share.begin(50);
  share.add(25);
  share.end();
  expect(told).toEqual([0, 0.5, 0.5, 0.5, 0.75, 1]);
});
