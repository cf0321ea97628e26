import sql from 'sql-template-tag';
import { describe, expect, it } from 'vitest';
import { onEveryStore } from '../../test/stores.ts';
import { model } from '../../test/world.ts';
import { digest } from '../program/hash.ts';
import { type Act, findBreak, noteAct, readAudit, verifyAudit } from './audit.ts';
import type { Database } from './database.ts';
import { prepareTables } from './tables.ts';

const act = (part: Partial<Act> = {}): Act => ({ at: 1, who: 'Ann', what: 'pause', facts: { kind: 'all' }, ...part });

/** Three entries, the second of which applies deployment 1. */
async function filled(db: Database) {
  const facts = { deployment: 1, program: 'p1', document: digest(['words']) };
  for (const part of [{}, { what: 'apply' as const, facts, at: 5 }, { at: 3, who: 'Bob' }])
    await db.transaction((tx) => noteAct(tx, act(part)));
  await db.run(sql`INSERT INTO deployment (serial, hash, document) VALUES (1, 'p1', '["words"]')`);
}

onEveryStore('the audit log', (openEmpty) => {
  const open = async () => {
    const db = await openEmpty();
    await prepareTables(db, model().data);
    return db;
  };

  it('gives back what was noted, each entry with the hash of the one before, and is whole', async () => {
    const db = await open();
    await filled(db);
    const entries = await readAudit(db);
    expect(entries).toMatchObject([
      { serial: 1, at: 1, who: 'Ann', what: 'pause', facts: { kind: 'all' }, previous: '' },
      { serial: 2, at: 5, what: 'apply', previous: entries[0]?.hash },
      { serial: 3, at: 3, who: 'Bob', previous: entries[1]?.hash },
    ]);
    expect(await verifyAudit(db, entries[1]?.hash)).toEqual({ entries });
  });

  it('has nothing of a transaction that did not end', async () => {
    const db = await open();
    await filled(db);
    const failing = db.transaction(async (tx) => {
      await noteAct(tx, act());
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await verifyAudit(db)).toMatchObject({ entries: { length: 3 } });
    expect((await verifyAudit(db)).broken).toBeUndefined();
  });

  it('is one chain where several write at once', async () => {
    const db = await open();
    await Promise.all(Array.from({ length: 8 }, (_, at) => db.transaction((tx) => noteAct(tx, act({ at })))));
    expect(await verifyAudit(db)).toMatchObject({ entries: { length: 8 } });
    expect((await verifyAudit(db)).broken).toBeUndefined();
  });

  it.each([
    ['a changed instant', sql`UPDATE audit SET "at" = 4 WHERE serial = 2`, { serial: 2, why: 'changed' }],
    ['a changed name', sql`UPDATE audit SET who = 'Eve' WHERE serial = 1`, { serial: 1, why: 'changed' }],
    ['changed facts', sql`UPDATE audit SET facts = '{}' WHERE serial = 3`, { serial: 3, why: 'changed' }],
    ['a lost entry', sql`DELETE FROM audit WHERE serial = 2`, { serial: 2, why: 'missing' }],
    ['a lost beginning', sql`DELETE FROM audit WHERE serial = 1`, { serial: 1, why: 'missing' }],
    ['a lost end', sql`DELETE FROM audit WHERE serial = 3`, { serial: 3, why: 'cut' }],
    ['a log without entries', sql`DELETE FROM audit WHERE serial > 0`, { serial: 1, why: 'cut' }],
    [
      'a deployment put in',
      sql`INSERT INTO deployment (serial, hash) VALUES (2, 'p2')`,
      { serial: 2, why: 'deployment' },
    ],
    ['another document', sql`UPDATE deployment SET document = '["others"]'`, { serial: 1, why: 'deployment' }],
    ['a document that is none', sql`UPDATE deployment SET document = '['`, { serial: 1, why: 'deployment' }],
    ['a deployment that is gone', sql`DELETE FROM deployment`, { serial: 1, why: 'gone' }],
    ['another program', sql`UPDATE deployment SET hash = 'p9' WHERE serial = 1`, { serial: 1, why: 'deployment' }],
  ])('shows %s', async (_name, damage, broken) => {
    const db = await open();
    await filled(db);
    await db.run(damage);
    expect((await verifyAudit(db)).broken).toEqual(broken);
  });

  it('shows an end that was cut off by somebody who knows the counter, only to who kept a hash or where a deployment tells', async () => {
    const db = await open();
    await filled(db);
    const [, , last] = await readAudit(db);
    await db.run(sql`DELETE FROM audit WHERE serial = 3`);
    await db.run(sql`UPDATE meta SET value = '2' WHERE name = 'audit'`);
    expect((await verifyAudit(db)).broken).toBeUndefined();
    expect((await verifyAudit(db, last?.hash)).broken).toEqual({ serial: 2, why: 'head' });
  });
});

describe('findBreak', () => {
  it('takes deployments of before the log as they are', () => {
    const deployments = [{ serial: 1, hash: 'old' }];
    expect(findBreak([], { newest: 0, deployments })).toBeUndefined();
  });
});
