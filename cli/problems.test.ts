import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testIo } from '../test/io.ts';
import { crm } from './crm.ts';

const path = 'exports of the shop/orders-of-all-years.csv';
const project = `
project: { name: shop, timezone: UTC, locale: en, currency: EUR }
data:
  tolerance: 100%
  customers: { from: customers.csv, attributes: { email: email, spent: number, note: string } }
  events: { order_paid: { from: ${path}, fields: { total: money } } }
`;
/** More than are kept one by one. */
const BROKEN = 10_400;

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-problems-'));
  await mkdir(join(root, 'exports of the shop'));
  await writeFile(join(root, 'crm.yaml'), project);
  const others = Array.from({ length: 12 }, (_, i) => `Col ${i}`);
  const blanks = ','.repeat(others.length);
  await writeFile(
    join(root, 'customers.csv'),
    [
      `id,email,spent,note,${others.join(',')}`,
      `a,a@example.com,1.5,${blanks}`,
      `b,b@example.com,"1,5",${blanks}`,
      `c,c@example.com,x,${blanks}`,
      `d,not an address,1,${blanks}`,
      ',e@example.com,1\n',
    ].join('\n'),
  );
  const row = (i: number) => `o${i},a,2026-02-30,10`;
  const orders = Array.from({ length: BROKEN }, (_, i) => row(i));
  await writeFile(join(root, path), `id,customer,at,total\n${orders.join('\n')}\nlast,a,2026-03-01,-5\n`);
});
afterAll(() => rm(root, { recursive: true }));

async function run(width: number, ...words: string[]): Promise<string> {
  const io = testIo(root, { now: () => Date.parse('2026-11-22T12:00:00Z'), view: { color: false, width } });
  expect(await crm(words, io), io.said.err).toBe(0);
  return io.said.out;
}

it('tick, status and simulate give the same counts and words of each cause, the worst first', async () => {
  await run(120, 'apply', '--auto-approve', '--allow-bad-data');
  const tick = await run(120, 'tick');
  const status = await run(120, 'status');
  const simulated = await run(120, 'simulate', '--days', '1');
  const [lost, cells] = ['10,400  at: no date and time that can be read', '1  more or fewer cells than the header has'];
  for (const text of [tick, status, simulated]) {
    expect(text).toContain(lost);
    expect(text).toContain(cells);
    expect(text.indexOf('Rows that are lost')).toBeLessThan(text.indexOf('Values that are lost'));
    expect(text).toContain(`${path}:2: at "2026-02-30" is not`);
    expect(text.replaceAll(/\s+/g, ' ')).toContain(`also ${path}:3, ${path}:4 and 10,397 more`);
  }
  expect(tick).toContain(`read ${path}: 1 row, 10,401 problems`);
  expect(tick).toContain('read customers.csv: 4 rows, 5 problems');
  expect(status).toMatch(/10,401 +2026-11-22/);
  expect(status).toMatch(/10,406 problems\n +Rows that are lost/);
  expect(status).toContain('2  spent: no number that can be read');
  expect(status.indexOf('not one e-mail address')).toBeLessThan(status.indexOf('columns that are not declared'));
  expect(simulated).toContain('and 3 more of 3 other causes; `crm data check` shows all');
  expect(tick).toContain('`crm status` shows all');
});

it('keeps words and names of files whole at 80 columns', async () => {
  const status = await run(80, 'status');
  const lines = status.slice(status.indexOf('Problems in the data')).split('\n');
  expect(lines.filter((line) => stringWidth(line) > 80)).toEqual([]);
  expect(status).toMatch(new RegExp(`^  ${path}( |$)`, 'm'));
  expect(status).not.toContain('…');
  const words = new Set((await run(400, 'status')).split(/\s+/));
  expect(lines.flatMap((line) => line.split(/\s+/)).filter((word) => !words.has(word))).toEqual([]);
});

it('lists every problem that is kept on request, and counts the rest', async () => {
  const all = await run(80, 'status', '--all');
  expect(all.match(new RegExp(`^ +${path}:\\d+: at `, 'gm'))).toHaveLength(1 + 10_001);
  expect(all).toContain(`${path}:10002: at "2026-02-30" is not`);
  expect(all.replaceAll(/\n +/g, ' ')).toContain('(and 399 more problems of this cause from here on)');
  const json = JSON.parse(await run(80, 'status', '--json'));
  expect(json.causes[0]).toMatchObject({ level: 'row', code: 'bad-instant', field: 'at', count: BROKEN });
  expect(json.quarantine).toMatchObject([{ problems: 5 }, { problems: 10_401 }]);
});

it('calls one problem one', async () => {
  await writeFile(join(root, path), 'id,customer,at,total\nlast,a,2026-03-01,-5\n');
  await writeFile(join(root, 'customers.csv'), 'id,email\na,a@example.com\n');
  const io = testIo(root, { now: () => Date.parse('2026-11-22T12:01:00Z') });
  expect(await crm(['tick'], io), io.said.err).toBe(0);
  expect(io.said.out).toContain(`read ${path}: 1 row, 1 problem (crm status)`);
  expect(await run(120, 'status')).toMatch(/\n +1 problem\n/);
});
