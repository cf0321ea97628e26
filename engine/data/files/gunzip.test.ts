import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { dataFiles } from '../../../test/data-files.ts';
import { model } from '../../../test/world.ts';
import { collect, outline } from './load.test-helper.ts';
import { type ReadOptions, readSourceFile } from './read.ts';
import { customerShape } from './shape.ts';

const folder = dataFiles('gunzip');
const shape = customerShape(model().data.customers);
const people = (count: number) => `id,city\n${Array.from({ length: count }, (_, i) => `c${i},Omsk ${i}\n`).join('')}`;

async function read(bytes: Uint8Array, more: Partial<ReadOptions> = {}) {
  await folder.put('people.csv.gz', bytes);
  return collect(readSourceFile(folder.root, 'people.csv.gz', shape, { zone: 'UTC', at: 0, ...more }));
}

test.each([5, 200_000])('a compressed file of %i rows that is cut short is refused as a whole', async (count) => {
  const bytes = gzipSync(people(count));
  expect((await read(bytes)).rows).toHaveLength(count);
  for (const part of [0, 1, 0.6 * bytes.length, bytes.length - 1]) {
    const { rows, problems } = await read(bytes.subarray(0, part));
    expect(rows).toEqual([]);
    expect(outline(problems)).toEqual(['0 unreadable-file!']);
    expect(problems[0]?.message).toBe(
      'The compressed file ends too early, so it is refused as a whole. Write it again, to its end.',
    );
  }
});

test('one that is still being written waits, and gives no row before', async () => {
  const bytes = gzipSync(people(200_000));
  const writing = await read(bytes.subarray(0, 100_000), { clock: 0 });
  expect(writing.rows).toEqual([]);
  expect(outline(writing.problems)).toEqual(['0 unfinished-line']);
  const later = await read(bytes.subarray(0, 100_000), { clock: 3_000_000 });
  expect(outline(later.problems)).toEqual(['0 unreadable-file!']);
});

test('one of several parts is read to its end, and refused if its last part is cut', async () => {
  const parts = [gzipSync(people(2)), gzipSync('c8,Omsk\n')];
  expect((await read(Buffer.concat(parts))).rows).toHaveLength(3);
  const cut = await read(Buffer.concat(parts).subarray(0, -3));
  expect(cut.rows).toEqual([]);
  expect(outline(cut.problems)).toEqual(['0 unreadable-file!']);
});

test('one that is damaged, or is not compressed, is refused with its reason', async () => {
  const bytes = gzipSync(people(200_000));
  bytes[bytes.length - 7] = (bytes.at(-7) ?? 0) ^ 1;
  const damaged = await read(bytes);
  expect(damaged.rows).toEqual([]);
  expect(damaged.problems.map(({ message }) => message)).toEqual([
    'The compressed file is damaged, so it is refused as a whole. Write it again.',
  ]);
  const plain = await read(Buffer.from(people(5)));
  expect(plain.rows).toEqual([]);
  expect(plain.problems.map(({ message }) => message)).toEqual([
    'The file is not compressed by gzip, as its ending says. Compress it, or name it without .gz.',
  ]);
});

test.each(['loop.csv', 'loop.csv.gz'])('%s that cannot be opened is reported once', async (name) => {
  await symlink(name, join(folder.root, name));
  const { rows, problems } = await collect(readSourceFile(folder.root, name, shape, { zone: 'UTC', at: 0 }));
  expect(rows).toEqual([]);
  expect(problems.map(({ message }) => message)).toEqual([
    'The file cannot be opened (ELOOP). Check its kind and permissions.',
  ]);
});
