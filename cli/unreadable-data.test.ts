import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testIo } from '../test/io.ts';
import { crm } from './crm.ts';

const project = `
project: { name: shop, timezone: UTC, locale: en, currency: EUR }
data:
  customers: { from: customers.csv, attributes: { email: email } }
  events: { order_paid: { from: orders.csv, fields: { note: string } } }
`;
const orders = 'customer,at,note\nc1,2026-02-28,Корзина\nc1,2026-02-28,Корзина\n';
/** Nothing of it can be read. */
const foreign = orders.replace('customer', 'who');

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-unreadable-'));
  await writeFile(join(root, 'crm.yaml'), project);
  await writeFile(join(root, 'customers.csv'), 'id,email\nc1,anna@example.com\n');
  await writeFile(join(root, 'orders.csv'), foreign);
});
afterEach(() => rm(root, { recursive: true }));

let minutes = 0;
/** Each command a minute later, so that each tick is another one. */
async function run(...words: string[]) {
  const at = Date.parse('2026-11-22T12:00:00Z') + ++minutes * 60_000;
  const io = testIo(root, { now: () => at });
  return { code: await crm(words, io), err: io.said.err, out: io.said.out };
}

it('every command that acts on data first reports the file that cannot be read, and is refused', async () => {
  for (const words of [['plan'], ['apply', '--auto-approve']]) {
    const { code, err } = await run(...words);
    expect(code, words.join(' ')).toBe(3);
    expect(err).toMatch(/orders\.csv: nothing of it can be read\..*no column "customer"/s);
    expect(err).toContain('--allow-bad-data');
  }
  expect((await run('plan', '--out', 'plan.json', '--allow-bad-data')).code).toBe(0);
  expect((await run('apply', 'plan.json')).code).toBe(3);
  expect((await run('apply', 'plan.json', '--allow-bad-data')).code).toBe(0);
  for (const command of ['tick', 'run']) expect((await run(command)).code, command).toBe(3);
  expect((await run('tick', '--allow-bad-data')).code).toBe(0);
  const simulated = await run('simulate');
  expect(simulated.code).toBe(0);
  expect(simulated.err).toContain('orders.csv: nothing of it can be read');
});

it('a file of consent that has held rows must not be empty; one that never existed may be missing', async () => {
  const consent = '  consent: consent.csv\n  suppressions: none.csv\n  feedback: nothing.jsonl\n';
  await writeFile(join(root, 'crm.yaml'), project + consent);
  await writeFile(join(root, 'orders.csv'), orders);
  await writeFile(join(root, 'consent.csv'), 'customer,channel,status,at\nc1,email,granted,2026-02-28\n');
  expect((await run('plan', '--out', 'plan.json')).code).toBe(0);
  expect((await run('apply', 'plan.json')).code).toBe(0);
  expect((await run('tick')).code).toBe(0);
  expect((await run('plan', '--out', 'plan.json')).code).toBe(0);
  await writeFile(join(root, 'consent.csv'), '');
  for (const words of [['tick'], ['run'], ['plan'], ['apply', '--auto-approve'], ['apply', 'plan.json']]) {
    const { code, err } = await run(...words);
    expect(code, words.join(' ')).toBe(3);
    expect(err).toContain('consent.csv: it has held rows, and holds none now');
    expect(err).toContain('a file that is meant to be empty is taken out of `data`');
    expect(err).not.toContain('tolerance');
  }
  expect((await run('tick', '--allow-bad-data')).code).toBe(0);
  expect((await run('status')).out).toContain('consent.csv: The file has held rows');
});

const granted = `customer,channel,status,at\n${'c1,email,granted,2026-02-28\n'.repeat(30)}`;
it.each([
  ['a folder', 'This is a folder, not a file.', () => mkdir(join(root, 'orders.csv'))],
  ['another header', 'no column "customer"', () => writeFile(join(root, 'orders.csv'), foreign)],
  [
    'no column that is required',
    'The file has no column "at"',
    () => writeFile(join(root, 'orders.csv'), 'customer\nc1\n'),
  ],
  ['a garbled row of consent', 'one is too many', () => writeFile(join(root, 'consent.csv'), `${granted}"c1\n`)],
  ['no file of customers any more', 'The file does not exist', () => rm(join(root, 'customers.csv'))],
])('the advice does not name data.tolerance where that is of no use: %s', async (_, cause, harm) => {
  await writeFile(join(root, 'crm.yaml'), `${project}  consent: consent.csv\n`);
  await writeFile(join(root, 'consent.csv'), granted);
  await writeFile(join(root, 'orders.csv'), orders);
  expect(await run('apply', '--auto-approve')).toMatchObject({ code: 0 });
  expect(await run('tick')).toMatchObject({ code: 0 });
  await rm(join(root, 'orders.csv'));
  await harm();
  for (const words of [['tick'], ['run'], ['plan'], ['apply', '--auto-approve']]) {
    const { code, err } = await run(...words);
    expect(code, words.join(' ')).toBe(3);
    expect(err).toContain(cause);
    expect(err).not.toMatch(/raise|a `data.tolerance` of/);
    expect(err).toContain('To go on all the same, add --allow-bad-data.');
  }
});

it('data.tolerance sets the share of a file that may be lost', async () => {
  await writeFile(join(root, 'orders.csv'), `customer,at\nc1,yesterday\n${'c1,2026-02-28\n'.repeat(9)}`);
  const { err } = await run('plan');
  expect(err).toContain('orders.csv: 1 of 10 rows cannot be read');
  expect(err).toContain('For orders.csv a `data.tolerance` of 10% (5% now), applied, is enough too.');
  await writeFile(join(root, 'crm.yaml'), project.replace('data:', 'data:\n  tolerance: 10%'));
  expect((await run('plan')).code).toBe(0);
});

it('a row is incomplete by any value that cannot be read, an address too, which does not count for data.tolerance', async () => {
  await writeFile(
    join(root, 'crm.yaml'),
    project.replace(/attributes: \{[^}]*\}/, 'attributes: { email: email, phone: phone, born: date }'),
  );
  await writeFile(join(root, 'orders.csv'), orders);
  const good = Array.from({ length: 95 }, (_, i) => `g${i},g${i}@example.com,,1990-01-01\n`).join('');
  const bad = ['b1,no address,,1990-01-01', 'b2,b2@example.com,,31.02', 'b3,x,x,x', 'b4,b4@example.com,b5,'].join('\n');
  await writeFile(
    join(root, 'customers.csv'),
    `id,email,phone,born\n${good}two,one@example.com two@example.com,,\n${bad}\n`,
  );
  expect(await run('apply', '--auto-approve')).toMatchObject({ code: 0 });
  expect(await run('tick')).toMatchObject({ code: 0 });
  const status = JSON.parse((await run('status', '--json')).out);
  expect(status.sources[0]).toMatchObject({ path: 'customers.csv', rows: 100, lost: 0, incomplete: 4, spoilt: 2 });
  expect((await run('status')).out).toMatch(/customers\.csv +100 +4 /);
  expect((await run('data', 'check')).out).toMatch(/customers\.csv +100 +4/);
});

it('a value that cannot be read costs its field, and counts for data.tolerance as its row would', async () => {
  await writeFile(join(root, 'crm.yaml'), project.replace('note: string', 'note: string, total: money'));
  const rows = (bad: number) =>
    `customer,at,total\n${'c1,2026-02-28,"1,50"\n'.repeat(bad)}${'c1,2026-02-28,1.50\n'.repeat(100 - bad)}c1,never,"1,50"\n`;
  await writeFile(join(root, 'orders.csv'), rows(5));
  const { code, err } = await run('plan');
  expect(code).toBe(3);
  expect(err).toContain('orders.csv: 1 of 101 rows cannot be read, and 5 more have a value that cannot.');
  expect(err).toMatch(
    /The most frequent problem \(5 times, first in line 2\): total "1,50" .*declare `decimal` at the source/,
  );
  expect(err).toContain('Also (line 102): at "never"');
  expect(err).toContain('a `data.tolerance` of 6% (5% now)');
  await writeFile(join(root, 'orders.csv'), rows(4));
  expect(await run('apply', '--auto-approve')).toMatchObject({ code: 0 });
  expect(await run('tick')).toMatchObject({ code: 0 });
  const { out } = await run('status', '--json');
  expect(JSON.parse(out)).toMatchObject({ sources: [{}, { path: 'orders.csv', rows: 100, lost: 1, spoilt: 4 }] });
  expect((await run('status')).out).toMatch(/orders\.csv +100 +1 +4 +5 /);
  expect(JSON.parse(out).causes).toMatchObject([
    { code: 'bad-instant', count: 1 },
    { code: 'bad-number', count: 4 },
  ]);
  expect(JSON.parse(out).problems.map(({ code }: { code: string }) => code)[0]).toBe('bad-instant');
  // A file that has grown is judged as a whole.
  await writeFile(join(root, 'orders.csv'), `${rows(4)}${'c1,2026-02-28,x\n'.repeat(2)}`);
  expect((await run('tick')).err).toContain('1 of 103 rows cannot be read, and 6 more have a value that cannot.');
});

it('a plan counts in one line the rows that are lost within the tolerance, the worst file first, and names files that are missing', async () => {
  const paid = 'c1,2026-02-28,x\n'.repeat(40);
  await writeFile(join(root, 'orders.csv'), `customer,at,note\n${paid}c1,yesterday,x\nc1,today,x\n`);
  const people = Array.from({ length: 30 }, (_, i) => `c${i + 1},c${i + 1}@example.com\n`).join('');
  await writeFile(join(root, 'customers.csv'), `id,email\n${people},c31@example.com\n`);
  const { code, out } = await run('plan');
  expect(code).toBe(0);
  expect(out.match(/Without .*/g)).toEqual([
    'Without 3 rows that cannot be read: orders.csv 2 of 42, customers.csv 1 of 31',
  ]);
  expect(JSON.parse((await run('plan', '--json')).out).forecast.losses).toEqual([
    { path: 'orders.csv', rows: 40, lost: 2, missing: false },
    { path: 'customers.csv', rows: 30, lost: 1, missing: false },
  ]);
  // On from a store that has read the files already.
  expect(await run('apply', '--auto-approve')).toMatchObject({ code: 0 });
  expect(await run('tick')).toMatchObject({ code: 0 });
  expect((await run('plan')).out).toContain('Without 3 rows that cannot be read: orders.csv 2 of 42');
  expect((await run('status')).out, 'the field once').toMatch(/orders\.csv:42: at "yesterday" is not/);
});

it('a plan names a customers file that is missing, or has no rows', async () => {
  await writeFile(join(root, 'orders.csv'), orders);
  await rm(join(root, 'customers.csv'));
  expect((await run('plan')).out).toContain('Without customers.csv, which does not exist\n');
  await writeFile(join(root, 'customers.csv'), 'id,email\n');
  expect((await run('plan')).out).toContain('Without customers from customers.csv: no row is in it\n');
  await writeFile(join(root, 'customers.csv'), 'id,email\nc1,anna@example.com\n');
  expect((await run('plan')).out).not.toContain('Without');
});
