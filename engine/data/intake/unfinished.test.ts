import { appendFile, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { onEveryStore } from '../../../test/stores.ts';
import { model } from '../../../test/world.ts';
import { compile } from '../../compile/compile.ts';
import { applyProgram } from '../../deploy/apply.ts';
import { consentChanged, intake } from './intake.ts';
import { refuseUnreadable, refuseUnreadableFiles } from './unreadable.ts';

const at = Date.UTC(2026, 2, 2);
let root: string;
let next = 0;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-unfinished-'));
});
afterAll(() => rm(root, { recursive: true }));

onEveryStore('a file that is being written', (open) => {
  /** A project whose orders and consent are in files of their own, and its readings. */
  async function shop(format: 'csv' | 'jsonl' | 'txt') {
    const orders = `orders-${++next}.${format}`;
    const consent = `consent-${next}.csv`;
    const { data } = model();
    const from = (path: string) => [{ path, rename: {} }];
    const events = data.events.map((kind) => (kind.name === 'order_paid' ? { ...kind, sources: from(orders) } : kind));
    const program = compile(model({ data: { ...data, events, consent: from(consent) } }));
    const db = await open();
    await applyProgram(db, { program, at: 0, lineage: 'test' });
    await writeFile(join(root, consent), 'customer,channel,status,at\n');
    const touch = (path: string, modified: number) => utimes(join(root, path), modified / 1000, modified / 1000);
    await touch(consent, at - 60_000);
    return {
      db,
      program,
      orders,
      consent,
      /** Writes at the end of a file, as if at that time. */
      async append(path: string, text: string, modified: number): Promise<void> {
        await appendFile(join(root, path), text);
        await touch(path, modified);
      },
      read: async (now: number) =>
        (await db.transaction((tx) => intake(tx, program, { root, at: now }))).sources.map(
          ({ path, problems, unfinished = false }) => ({ path, problems, unfinished }),
        ),
      totals: async () =>
        (await db.query<{ total: number }>(sql`SELECT total FROM inbox_event_order_paid ORDER BY total`)).map(
          ({ total }) => Number(total),
        ),
    };
  }

  const torn = {
    csv: ['customer,at,total\nc1,2026-03-01T10:00:00Z,5\nc1,2026-03-01T11:00:00Z,100', '0.00\n'],
    txt: ['customer at total\nc1 2026-03-01T10:00:00Z 5\nc1 2026-03-01T11:00:00Z 100', '0.00\n'],
    jsonl: [
      '{"customer":"c1","at":"2026-03-01T10:00:00Z","total":5}\n{"customer":"c1","at":"2026-03-01T11:00:00Z","total":10',
      '00}\n',
    ],
  } as const;

  it.each(['csv', 'txt', 'jsonl'] as const)(
    'takes the half row at the end of a %s file when it is whole',
    async (kind) => {
      const { orders, append, read, totals, db, program } = await shop(kind);
      const [half, rest] = torn[kind];
      await append(orders, half, at - 500);
      expect(await read(at)).toContainEqual({ path: orders, problems: 1, unfinished: true });
      expect(await totals()).toEqual([5]);
      expect(await db.query(sql`SELECT line, code FROM quarantine WHERE path = ${orders}`)).toEqual([
        { line: kind === 'jsonl' ? 2 : 3, code: 'unfinished-line' },
      ]);
      await refuseUnreadable(db, program);
      await refuseUnreadableFiles(program, root, at);
      await append(orders, rest, at + 500);
      expect(await read(at + 1000)).toEqual([{ path: orders, problems: 0, unfinished: false }]);
      expect(await totals()).toEqual([5, 1000]);
    },
  );

  it('takes it without a line end once the file has been left alone for two seconds, and does not read it before', async () => {
    const { orders, append, read, totals } = await shop('csv');
    await append(orders, torn.csv[0], at);
    await read(at + 100);
    expect(await read(at + 1999)).toEqual([]);
    expect(await read(at + 2000)).toEqual([{ path: orders, problems: 0, unfinished: false }]);
    expect(await totals()).toEqual([5, 100]);
    expect(await read(at + 60_000)).toEqual([]);
  });

  it('takes it at once from a file that nobody has written for two seconds, or whose time is of another clock', async () => {
    for (const modified of [at - 2000, at + 7_200_000]) {
      const { orders, append, read, totals } = await shop('csv');
      await append(orders, torn.csv[0], modified);
      expect(await read(at)).toContainEqual({ path: orders, problems: 0, unfinished: false });
      expect(await totals()).toEqual([5, 100]);
    }
  });

  it('waits for the end of a quoted cell also where the file breaks off at a line end in it', async () => {
    const { orders, append, read, totals, db } = await shop('csv');
    await append(orders, 'customer,at,total,note\nc1,2026-03-01T10:00:00Z,7,"one\n', at);
    expect(await read(at + 100)).toContainEqual({ path: orders, problems: 2, unfinished: true });
    expect(await totals()).toEqual([]);
    await append(orders, 'two', at + 200);
    await read(at + 300);
    expect(await db.query(sql`SELECT line, code FROM quarantine WHERE path = ${orders} ORDER BY line`)).toEqual([
      { line: 1, code: 'unknown-column' },
      { line: 2, code: 'unfinished-line' },
    ]);
    await append(orders, '"\n', at + 400);
    await read(at + 500);
    expect(await totals()).toEqual([7]);
  });

  it('looks at consent again when its last row can be taken', async () => {
    const { consent, append, read, program, db } = await shop('csv');
    await append(consent, 'c1,email,withdrawn,2026-03-01T10:00:00Z', at);
    await read(at + 100);
    expect(await consentChanged(db, program, { root, at: at + 1000 })).toBe(false);
    expect(await consentChanged(db, program, { root, at: at + 2000 })).toBe(true);
  });
});
