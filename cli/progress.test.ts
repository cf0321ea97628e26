import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { useLanguage } from '../spec/words/language.ts';
import { testIo } from '../test/io.ts';
import { crm } from './crm.ts';
import { progress } from './progress.ts';
import { catalogue } from './russian/index.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
afterEach(() => useLanguage('en'));

const terminal = { stdin: false, stdout: true, stderr: true };
const lines = (err: string) => err.split('\r\u001b[2K');

test('work of more than a second shows where it is, and leaves no trace', () => {
  let now = 0;
  const io = testIo('/', { now: () => now, terminal });
  const shown = progress(io, 'counting');
  shown.at('one');
  expect(io.said.err, 'too soon').toBe('');
  now = 1001;
  shown.at('two');
  shown.at('two and a bit');
  now = 1200;
  shown.at('three '.repeat(50));
  shown.end();
  const said = lines(io.said.err);
  expect(said.slice(0, 2)).toEqual(['', 'two']);
  expect(said[2]).toHaveLength(119);
  expect(said.slice(3)).toEqual(['']);
});

test('without a terminal nothing is shown', () => {
  const io = testIo('/', { now: () => 1e9 });
  const shown = progress(io, 'counting');
  shown.at('one', 0.5);
  shown.end();
  expect(io.said.err).toBe('');
});

describe('the share', () => {
  const shownAt = (steps: [second: number, text: string, share?: number][]) => {
    let now = 0;
    const io = testIo('/', { now: () => now, terminal });
    const shown = progress(io, 'counting');
    for (const [second, text, share] of steps) {
      now = second * 1000;
      shown.at(text, share);
    }
    shown.end();
    return lines(io.said.err).slice(1, -1);
  };

  test('and the time left are shown where the whole is known, by the speed so far', () => {
    expect(
      shownAt([
        [0, 'reading', 0],
        [1.1, 'reading', 0.01],
        [2, 'reading', 0.1],
        [4, 'reading', 0.5],
        [7.9, 'reading', 0.999],
        [8, 'reading', 1],
        [9, 'adding up'],
      ]),
    ).toEqual([
      'reading, 1%',
      'reading, 10%, about 20 seconds left',
      'reading, 50%, about 4 seconds left',
      'reading, 99%, about 1 second left',
      'reading',
      'adding up',
    ]);
  });

  test('of each part is measured by its own speed', () => {
    expect(
      shownAt([
        [0, 'reading', 0],
        [10, 'reading', 0.9],
        [11, 'simulating', 0],
        [11.5, 'simulating', 0.01],
        [31, 'simulating', 0.2],
      ]).slice(1),
    ).toEqual(['simulating, 0%', 'simulating, 1%', 'simulating, 20%, about 2 minutes left']);
  });

  test('is in the language of the output', () => {
    useLanguage('ru', catalogue);
    const steps: [number, string, number][] = [
      [0, 'читаю', 0],
      [2, 'читаю', 0.05],
      [10, 'читаю', 0.5],
      [200, 'читаю', 0.501],
    ];
    expect(shownAt(steps)).toEqual([
      'читаю, 5%, осталось примерно 40 секунд',
      'читаю, 50%, осталось примерно 10 секунд',
      'читаю, 50%, осталось примерно 4 минуты',
    ]);
  });
});

describe('commands that read data', () => {
  let shop: string;
  beforeAll(async () => {
    const root = await mkdtemp(join(tmpdir(), 'kaskad-progress-'));
    shop = join(root, 'shop');
    await crm(['init', shop, '--template', 'cart'], testIo(root));
    const customers = Array.from({ length: 20_000 }, (_, i) => `p${i},Anna,p${i}@example.com,,\n`);
    await appendFile(join(shop, 'sample/customers.csv'), customers.join(''));
    const tests = Array.from(
      { length: 9 },
      (_, i) =>
        `  day-${i}: { campaign: cart, start: "2026-03-0${i + 1}T10:00:00Z", customers: [{ id: c1 }], events: [{ at: +0m, customer: c1, cart_updated: { items_count: 1, total: 1 } }], expect: { messages: [] } }\n`,
    );
    await writeFile(join(shop, 'tests/days.crm.yaml'), `tests:\n${tests.join('')}`);
    const visits = Array.from({ length: 20_000 }, (_, i) => `v${i},p${i},2026-03-01T10:00:00Z,page-${i}\n`);
    await writeFile(join(shop, 'visits.csv'), `id,customer,at,page\n${visits.join('')}`);
  });
  afterAll(() => rm(join(shop, '..'), { recursive: true }));

  async function shown(...words: string[]) {
    let now = Date.UTC(2026, 2, 2, 10);
    // Every look at the clock is a quarter of a second later.
    const io = testIo(shop, { terminal, now: () => (now += 250) });
    const code = await crm(words, io);
    expect(code, io.said.err).toBeLessThan(3);
    return lines(io.said.err);
  }

  test.each([
    [
      ['simulate', '--days', '3'],
      ['reading the data', 'simulating'],
    ],
    [['plan'], ['reading the data', 'forecasting']],
    [['data', 'check'], ['reading the data']],
    [['customer', 'p7'], ['reading the data']],
    [['import', 'visits.csv'], ['reading the files']],
    [['test'], ['playing the tests: ']],
  ])('%j shows a share that grows, and the time left', async (words, parts) => {
    const said = await shown(...words);
    for (const part of parts) {
      const own = said.filter((line) => line.startsWith(part));
      const shares = own.flatMap((line) => /, (\d+)%/.exec(line)?.[1] ?? []).map(Number);
      expect(shares.length, said.join('\n')).toBeGreaterThan(0);
      expect(shares).toEqual(shares.toSorted((a, b) => a - b));
      expect(shares.at(-1)).toBeLessThan(100);
      expect(own.join('\n')).toMatch(/, about \d+ (second|minute)s? left/);
    }
  });

  test('a tick shows the share of what it reads', async () => {
    await crm(['apply', '--auto-approve'], testIo(shop, { now: () => Date.UTC(2026, 2, 2, 10) }));
    const said = await shown('tick', '--no-dispatch');
    expect(said.join('\n')).toMatch(/^reading the data, \d+%, about \d+ seconds? left$/m);
    expect(said.join('\n')).toMatch(/^ticking$/m);
  });
});
