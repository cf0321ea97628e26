import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import sql from 'sql-template-tag';
import { beforeEach, expect, it } from 'vitest';
import { dataFiles, from } from '../../../test/data-files.ts';
import { onEveryStore } from '../../../test/stores.ts';
import { model } from '../../../test/world.ts';
import { compile } from '../../compile/compile.ts';
import { applyProgram } from '../../deploy/apply.ts';
import type { Database } from '../../store/database.ts';
import { intake, intakeConsent } from './intake.ts';
import { refuseUnreadable } from './unreadable.ts';

const { data } = model();
const program = compile(
  model({
    data: {
      ...data,
      customers: { ...data.customers, sources: from('people.csv', 'more.csv') },
      events: data.events.map((kind) => (kind.name === 'order_paid' ? { ...kind, sources: from('orders.csv') } : kind)),
      consent: from('consent.csv'),
    },
  }),
);

const folder = dataFiles('intake');
const { put } = folder;
beforeEach(async () => {
  await put('people.csv', 'id,city\nc1,Omsk\nc2,Tver\n');
  await put('more.csv', 'id,city\nc2,Perm\n');
  await put('orders.csv', 'customer,at,total\nc1,2026-03-01T10:00:00Z,12.50\nc2,2026-03-01T11:00:00Z,-1\n');
  await put('consent.csv', 'customer,channel,status,at\nc1,email,granted,2026-03-01T10:00:00Z\n');
});

async function prepared(db: Database) {
  await applyProgram(db, { program, at: 0, lineage: 'test' });
  const read = (how = intake) => db.transaction((tx) => how(tx, program, { root: folder.root, at: 5 }));
  const paths = async (how = intake) => (await read(how)).sources.map((source) => source.path);
  return { read, paths };
}

onEveryStore('intake', (open) => {
  it('puts rows into the inboxes and what it cannot use into quarantine', async () => {
    const db = await open();
    const { read } = await prepared(db);
    expect((await read()).sources).toEqual([
      { path: 'people.csv', rows: 2, problems: 0, lost: 0 },
      { path: 'more.csv', rows: 1, problems: 0, lost: 0 },
      { path: 'orders.csv', rows: 2, problems: 1, lost: 0 },
      { path: 'consent.csv', rows: 1, problems: 0, lost: 0 },
    ]);
    expect(await db.query(sql`SELECT id, city FROM inbox_customer ORDER BY id`)).toEqual([
      { id: 'c1', city: 'Omsk' },
      { id: 'c2', city: 'Perm' },
    ]);
    expect(await db.query(sql`SELECT customer, total FROM inbox_event_order_paid ORDER BY 1`)).toEqual([
      { customer: 'c1', total: 12.5 },
      { customer: 'c2', total: null },
    ]);
    expect(await db.query(sql`SELECT path, line, field, code, "at" FROM quarantine`)).toEqual([
      { path: 'orders.csv', line: 3, field: 'total', code: 'negative-money', at: 5 },
    ]);
  });

  it('reads a file again only when it has changed, and then forgets its earlier problems', async () => {
    const db = await open();
    const { read, paths } = await prepared(db);
    await read();
    expect(await paths()).toEqual([]);
    await put('orders.csv', 'customer,at,total\nc2,2026-03-01T11:00:00Z,1\n');
    expect(await paths()).toEqual(['orders.csv']);
    expect(await db.query(sql`SELECT * FROM quarantine`)).toEqual([]);
  });

  it('reads consent alone where only that is asked for', async () => {
    const { paths } = await prepared(await open());
    expect(await paths(intakeConsent)).toEqual(['consent.csv']);
    expect(await paths()).toEqual(['people.csv', 'more.csv', 'orders.csv']);
  });

  it('takes a missing file for a problem, once, and reads it when it is there', async () => {
    const db = await open();
    const { read, paths } = await prepared(db);
    await rm(join(folder.root, 'more.csv'));
    await read();
    expect(await db.query(sql`SELECT path, code FROM quarantine WHERE path = 'more.csv'`)).toEqual([
      { path: 'more.csv', code: 'missing-file' },
    ]);
    expect(await paths()).toEqual([]);
    await put('more.csv', 'id,city\nc3,Perm\n');
    expect(await paths()).toEqual(['more.csv']);
  });

  it('refuses a compressed file that is cut short, and keeps what it has read of it before', async () => {
    const db = await open();
    const source = { path: 'orders.csv.gz', rename: {} };
    const events = data.events.map((kind) => (kind.name === 'order_paid' ? { ...kind, sources: [source] } : kind));
    const program = compile(model({ data: { ...data, events } }));
    await applyProgram(db, { program, at: 0, lineage: 'test' });
    const read = () => db.transaction((tx) => intake(tx, program, { root: folder.root, at: 3_000_000 }));
    const orders = (count: number) =>
      gzipSync(
        `id,customer,at,total\n${Array.from({ length: count }, (_, i) => `o${i},c1,2026-03-01,${i}\n`).join('')}`,
      );
    await put('orders.csv.gz', orders(2));
    await read();
    const more = orders(30_000);
    await put('orders.csv.gz', more.subarray(0, more.length - 20));
    await read();
    expect(await db.query(sql`SELECT id FROM inbox_event_order_paid ORDER BY id`)).toEqual([
      { id: 'o0' },
      { id: 'o1' },
    ]);
    await expect(refuseUnreadable(db, program)).rejects.toThrow(
      '  orders.csv.gz: nothing of it can be read. The compressed file ends too early, so it is refused as a whole.',
    );
    await put('orders.csv.gz', more);
    await read();
    await refuseUnreadable(db, program);
    expect(await db.query(sql`SELECT count(*) AS n FROM inbox_event_order_paid`)).toEqual([{ n: 30_000 }]);
  });
});
