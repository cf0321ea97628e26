import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { repository } from './docs/pages.ts';
import { now, play, run } from './docs/session.ts';

// The page is run: its files are written, its commands give what it prints, and an independent count of the export agrees.

const page = 'docs/first-shop.md';

let parent: string;
let root: string;
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'kaskad-first-shop-'));
  root = join(parent, 'shop');
  await cp(join(repository, 'sample/export'), join(root, 'exports'), { recursive: true });
});
afterAll(() => rm(parent, { recursive: true }));

it('gives what the page shows', { timeout: 120_000 }, async () => {
  await expect(await play(page, root)).toMatchFileSnapshot(join(repository, page));
});

it('has the numbers that the export has by another count', { timeout: 60_000 }, async () => {
  const rows = async (name: string) => {
    const text = new TextDecoder('windows-1251').decode(await readFile(join(root, 'exports', name)));
    return text
      .trim()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(';'));
  };
  const clients = new Map((await rows('clients.csv')).map((row) => [row[0], row]));
  const orders = (await rows('orders.csv')).filter((row) => row[4] !== 'Отменён');
  const soon = Array.from({ length: 7 }, (_, day) => new Date(now + day * 86_400_000).toISOString().slice(5, 10));
  const born = [...clients.values()].filter((row) =>
    soon.includes((row[4] ?? '').split('.').slice(0, 2).toReversed().join('-')),
  );
  const written = born.filter((row) => row[6] === 'Да' && row[3]?.includes('@'));
  const check = JSON.parse(await run(root, 'crm data check --json')) as { customers: number; events: number };
  expect(check).toMatchObject({ customers: clients.size, events: orders.length });
  const plan = await run(root, 'crm plan');
  expect(written.length).toBeGreaterThan(0);
  expect(written.length).toBeLessThan(born.length);
  expect(plan).toMatch(new RegExp(`campaign birthday +enter within 7 days +${born.length}\\n`));
  expect(plan).toMatch(new RegExp(`email +birthday +\\d+ +${written.length} `));
  const sums = new Map<string, number>();
  for (const [, client = '', , sum = ''] of orders)
    sums.set(client, (sums.get(client) ?? 0) + Number(sum.replaceAll(' ', '').replace(',', '.')));
  const big = [...sums].filter(([, sum]) => sum > 15_000).map(([client]) => client);
  await writeFile(join(root, 'big.crm.yaml'), 'segments: { big: { where: sum(order_paid.total) > 15000 } }\n');
  const listed = (await run(root, 'crm segment big --list')).trim().split('\n').slice(1);
  expect(listed.map((line) => line.split(',')[0]).toSorted()).toEqual(big.toSorted());
  expect(big.length).toBeGreaterThan(5);
});
