import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ident } from '../engine/store/dialect.ts';
import { DuckDb } from '../engine/store/duckdb.ts';
import { type Screens, screens } from './screens.fixture.ts';

vi.setConfig({ testTimeout: 60_000 });

const later = Date.UTC(2026, 2, 2, 12);
/** Forecasts are compared, not looked at. */
const coarse = '6 hours';
let shop: Screens;
beforeEach(async () => {
  shop = await screens(coarse);
});
afterEach(() => shop.remove());

async function inBoth(words: string[], now?: number): Promise<[string, string]> {
  const en = await shop.run(words, { width: 80, lang: 'en' }, now);
  const ru = await shop.run(words, { width: 80, lang: 'ru' }, now);
  expect([en.code, ru.code]).toEqual([en.code, en.code]);
  return [en.out, ru.out];
}

it('a plan is the same file in every language, and is shown in the language of the reader', async () => {
  await shop.run(['apply', '--auto-approve']);
  await shop.run(['tick'], undefined, later);
  await shop.change();
  const planned = ['plan', '-o'];
  for (const lang of ['en', 'ru']) {
    const { out, err } = await shop.run([...planned, `${lang}.json`], { width: 80, lang }, later);
    expect(out, err).toContain(lang === 'en' ? 'Plan: 0 to add' : 'План: добавить');
  }
  const [en, ru] = await Promise.all(['en', 'ru'].map((lang) => readFile(join(shop.root, `${lang}.json`), 'utf8')));
  expect(en).toContain('customers inside it leave at once');
  expect(ru).toBe(en);
  const allow = ['--allow', 'campaign.old-welcome'];
  expect((await shop.run(['apply', 'ru.json', ...allow], { width: 80, lang: 'en' }, later)).err).toBe('');
  const again = await shop.run(['apply', 'en.json'], { width: 80, lang: 'ru' }, later);
  expect(again.err).toContain('План уже применён, это развёртывание 2.');
});

it('what programs read is the same in every language', async () => {
  for (const words of [
    ['plan', '--json'],
    ['simulate', '--days', '2', '--json'],
  ]) {
    const [en, ru] = await inBoth(words);
    expect(en).not.toBe('');
    expect(ru).toBe(en);
  }
  const reports = [];
  for (const lang of ['en', 'ru']) {
    const { out } = await shop.run(['test', '--junit', `${lang}.xml`], { width: 80, lang });
    expect(out).toContain(lang === 'en' ? 'is missing' : 'не пришло');
    const report = await readFile(join(shop.root, `${lang}.xml`), 'utf8');
    reports.push(report.replaceAll(/ time="[^"]*"/g, '').replaceAll(/m=\w+/g, ''));
  }
  expect(reports[0]).toContain('is missing');
  expect(reports[1]).toBe(reports[0]);
});

it('the store is the same in every language', async () => {
  const stores = [];
  for (const lang of ['en', 'ru']) {
    const own = await screens(coarse);
    await own.run(['apply', '--auto-approve'], { width: 80, lang });
    await own.run(['tick'], { width: 80, lang }, later);
    stores.push(await rowsOf(join(own.root, '.kaskad/store.duckdb')));
    await own.remove();
  }
  expect(Object.values(stores[0] ?? {}).flat().length).toBeGreaterThan(100);
  const [en, ru] = stores.map(({ audit, ...rest } = {}) => ({ ...rest, audit: audit?.map(withoutLineage) }));
  expect(ru).toEqual(en);
});

/** Returns an entry of the audit log without what differs from store to store. */
function withoutLineage(row: string): string {
  return row.replace(/\\"lineage\\":\\"[^"]*\\"/, '').replace(/\["hash","\w+"\]/, '');
}

/** Columns that differ from store to store in any language. */
const own = ['lineage', 'fingerprint'];

async function rowsOf(path: string): Promise<Record<string, string[]>> {
  const db = await DuckDb.open(path);
  try {
    const tables = await db.query<{ name: string }>(
      sql`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'main' ORDER BY 1`,
    );
    const rows: Record<string, string[]> = {};
    for (const table of tables) {
      const found = await db.query(sql`SELECT * FROM ${ident(table.name)}`);
      const plain = found.map((row) => Object.entries(row).filter(([column]) => !own.includes(column)));
      rows[table.name] = plain.map((row) => JSON.stringify(row)).toSorted();
    }
    return rows;
  } finally {
    await db.close();
  }
}
