import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { tz } from '../../../test/drive.ts';
import { onEveryStore } from '../../../test/stores.ts';
import { minute, model } from '../../../test/world.ts';
import { compile } from '../../compile/compile.ts';
import { applyProgram } from '../../deploy/apply.ts';
import type { Database } from '../../store/database.ts';
import { runTick } from '../../tick/run-tick.ts';
import { intake } from './intake.ts';

const start = Date.UTC(2026, 2, 2, 10);
const { data } = model();
const program = compile(
  model({
    data: {
      ...data,
      customers: {
        ...data.customers,
        sources: [{ path: 'people.csv', rename: { 'Accepts SMS': 'sms_yes' }, values: { Да: 'yes', Нет: 'no' } }],
        consent: { email: { column: 'Accepts Email' }, sms: { column: 'sms_yes', at: 'SMS since' } },
      },
      consent: [{ path: 'consent.csv', rename: {} }],
    },
  }),
);
const header = 'id,city,Accepts Email,Accepts SMS,SMS since\n';

let root: string;
let second = 0;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-column-'));
});
afterAll(() => rm(root, { recursive: true }));

async function put(name: string, text: string): Promise<void> {
  await writeFile(join(root, name), text);
  await utimes(join(root, name), ++second, second);
}

async function shop(db: Database) {
  await applyProgram(db, { program, at: start, lineage: 'test' });
  await put('consent.csv', 'customer,channel,status,at\n');
  return {
    /** Reads the files; returns who has consented to what. */
    tick: async (minutes: number, people: string) => {
      await put('people.csv', header + people);
      await runTick(db, program, start + minutes * minute, tz, (tx) =>
        intake(tx, program, { root, at: start + minutes * minute }).then(() => {}),
      );
      const rows = await db.query<{ id: string; channel: string }>(sql`
        SELECT c.id, s.channel FROM subscription s JOIN customer c ON c.customer = s.customer ORDER BY 1, 2`);
      return rows.map(({ id, channel }) => `${id} ${channel}`);
    },
    problems: async () =>
      (
        await db.query<{ path: string; line: number; code: string }>(
          sql`SELECT path, line, code FROM quarantine WHERE path LIKE 'people%' ORDER BY 1, 2, 3`,
        )
      ).map(({ path, line, code }) => `${path}:${line} ${code}`),
  };
}

onEveryStore('consent from columns of customers', (open) => {
  it('is the present value of the column, and anything but a yes is none', async () => {
    const db = await open();
    const { tick, problems } = await shop(db);
    const people = 'c1,Omsk,Да,,\nc2,Omsk,нет,,\nc3,Omsk,,yes,2026-02-01\nc4,Omsk,perhaps,,\nc5,Omsk,TRUE,no,\n';
    expect(await tick(1, people)).toEqual(['c1 email', 'c3 sms', 'c5 email']);
    expect(await problems()).toEqual(['people.csv (consent):5 bad-choice']);
    expect(await db.query(sql`SELECT "at" FROM consent WHERE granted AND channel = 'sms'`)).toEqual([
      { at: Date.UTC(2026, 1, 1) },
    ]);
    expect(await tick(2, people.replace('c1,Omsk,Да', 'c1,Omsk,'))).toEqual(['c3 sms', 'c5 email']);
    expect(await tick(3, people)).toEqual(['c1 email', 'c3 sms', 'c5 email']);
  });

  it('without a time is not given again by a row that was absent for a while', async () => {
    const db = await open();
    const { tick } = await shop(db);
    expect(await tick(1, 'c1,Omsk,yes,,\nc2,Omsk,yes,,\n')).toEqual(['c1 email', 'c2 email']);
    const off = new Date(start + 2 * minute).toISOString();
    await put('consent.csv', `customer,channel,status,at\nc1,email,withdrawn,${off}\n`);
    expect(await tick(3, 'c1,Omsk,yes,,\nc2,Omsk,yes,,\n')).toEqual(['c2 email']);
    expect(await tick(4, 'c2,Omsk,yes,,\n')).toEqual(['c2 email']);
    expect(await tick(5, 'c1,Omsk,yes,,\nc2,Omsk,yes,,\n')).toEqual(['c2 email']);
    // The column can give again what it has taken back itself.
    expect(await tick(6, 'c1,Omsk,no,,\nc2,Omsk,yes,,\n')).toEqual(['c2 email']);
    expect(await tick(7, 'c1,Omsk,yes,,\nc2,Omsk,yes,,\n')).toEqual(['c1 email', 'c2 email']);
  });

  it('with a time that cannot be read is no consent, but a withdrawal', async () => {
    const db = await open();
    const { tick, problems } = await shop(db);
    expect(await tick(1, 'c1,Omsk,no,yes,lately\nc2,Omsk,no,yes,\n')).toEqual(['c2 sms']);
    expect(await tick(2, 'c1,Omsk,no,yes,lately\nc2,Omsk,no,no,lately\n')).toEqual([]);
    expect(await problems()).toEqual(['people.csv (consent):2 bad-instant', 'people.csv (consent):3 bad-instant']);
  });

  it('is none where a column of refusals has a value, whatever the other column has', async () => {
    const db = await open();
    const refusing = { email: { column: 'Accepts Email', refusal: 'Unsubscribed' } };
    const own = compile(
      model({ data: { ...program.data, customers: { ...program.data.customers, consent: refusing } } }),
    );
    await applyProgram(db, { program: own, at: start, lineage: 'test' });
    await put('consent.csv', 'customer,channel,status,at\n');
    const rows = ['c1,Да,', 'c2,Да,2026-01-05', 'c3,Да,Нет', 'c4,Да,asked us to stop', 'c5,Нет,', 'c6,Да,no'];
    await put('people.csv', `id,Accepts Email,Unsubscribed\n${rows.join('\n')}\n`);
    await runTick(db, own, start + minute, tz, (tx) => intake(tx, own, { root, at: start + minute }).then(() => {}));
    const found = await db.query<{ id: string }>(sql`
      SELECT c.id FROM subscription s JOIN customer c ON c.customer = s.customer WHERE s.channel = 'email' ORDER BY 1`);
    expect(found.map(({ id }) => id)).toEqual(['c1', 'c3', 'c6']);
  });

  it('cannot be read from a file without the column', async () => {
    const db = await open();
    const { tick, problems } = await shop(db);
    await tick(1, 'c1,Omsk,yes,,\n');
    await put('people.csv', 'id,city\nc1,Omsk\n');
    await runTick(db, program, start + 2 * minute, tz, (tx) =>
      intake(tx, program, { root, at: start + 2 * minute }).then(() => {}),
    );
    expect((await problems()).filter((one) => one.includes('missing-column'))).toHaveLength(3);
    expect(await db.query(sql`SELECT readable FROM source WHERE path = 'people.csv (consent)'`)).toEqual([
      { readable: false },
    ]);
  });
});
