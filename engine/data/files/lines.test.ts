import { expect, test } from 'vitest';
import { type Line, LONGEST_LINE, readLines } from './lines.ts';

async function lines(bytes: Uint8Array, chunk: number): Promise<Line[]> {
  async function* chunks() {
    for (let from = 0; from < bytes.length; from += chunk) yield bytes.subarray(from, from + chunk);
  }
  const all: Line[] = [];
  for await (const some of readLines(chunks())) all.push(...some);
  return all;
}

const bytes = Buffer.concat([Buffer.from('\uFEFFодин\r\n\nтри'), Buffer.from([0xff, 10]), Buffer.from('five\n\n')]);

test.each([1, 2, 3, 7, 100])('lines are the same in chunks of %i bytes', async (chunk) => {
  expect(await lines(bytes, chunk)).toEqual([
    { number: 1, text: 'один' },
    { number: 2, text: '' },
    { number: 3, text: '', fault: 'wrong-encoding' },
    { number: 4, text: 'five' },
    { number: 5, text: '' },
  ]);
});

test.each([1 << 16, 3 << 20, 1 << 25])('a line is too long in chunks of %i bytes as in any others', async (chunk) => {
  const limit = Buffer.from(`a\n${'x'.repeat(LONGEST_LINE)}\n${'x'.repeat(LONGEST_LINE + 1)}\nb`);
  const found = await lines(limit, chunk);
  expect(found.map(({ number, text, fault }) => [number, text.length, fault])).toEqual([
    [1, 1, undefined],
    [2, LONGEST_LINE, undefined],
    [3, 0, 'too-big'],
    [4, 1, undefined],
  ]);
});

test('a line without end is not kept', async () => {
  let most = 0;
  async function* endless() {
    for (let i = 0; i < 100; i++) {
      yield Buffer.alloc(4 << 20, 'x');
      most = Math.max(most, process.memoryUsage().arrayBuffers);
    }
  }
  const found: Line[] = [];
  for await (const some of readLines(endless())) found.push(...some);
  expect(found).toEqual([{ number: 1, text: '', fault: 'too-big', open: true }]);
  expect(most).toBeLessThan(300 << 20);
});
