import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { StatedConsent } from '../../../spec/model/data.ts';
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

let root: string;
let second = 0;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-stated-'));
});
afterAll(() => rm(root, { recursive: true }));

/** A shop with two files of customers, of which the first states the consent and the second nothing. */
async function shop(db: Database, consent: StatedConsent[]) {
  const sources = [
    { path: 'people.csv', rename: {}, consent },
    { path: 'others.csv', rename: {} },
  ];
  const program = compile(model({ data: { ...data, customers: { ...data.customers, sources } } }));
  await applyProgram(db, { program, at: start, lineage: 'test' });
  const put = async (name: string, text: string) => {
    await writeFile(join(root, name), text);
    await utimes(join(root, name), ++second, second);
  };
  await put('others.csv', 'id,city\nc9,Omsk\n');
  /** Reads the files; returns who has consented to what. */
  return async (minutes: number, people: string) => {
    await put('people.csv', `id,city,says,since,bounced\n${people}`);
    await runTick(db, program, start + minutes * minute, tz, (tx) =>
      intake(tx, program, { root, at: start + minutes * minute }).then(() => {}),
    );
    const rows = await db.query<{ id: string; channel: string }>(sql`
      SELECT c.id, s.channel FROM subscription s JOIN customer c ON c.customer = s.customer ORDER BY 1, 2`);
    return rows.map(({ id, channel }) => `${id} ${channel}`);
  };
}

const at = (minutes: number) => new Date(start + minutes * minute).toISOString();

onEveryStore('consent that a file of customers states', (open) => {
  it('is that of every row, since its time, and of no other file', async () => {
    const tick = await shop(await open(), [{ channel: 'email', always: 'yes', at: 'since' }]);
    expect(await tick(1, `c1,Omsk,,${at(-60)},\nc2,Omsk,,,\nc3,Omsk,,lately,\n`)).toEqual(['c1 email', 'c2 email']);
    expect(await tick(2, '')).toEqual(['c1 email', 'c2 email']);
  });

  it('is a withdrawal of every row', async () => {
    const db = await open();
    const tick = await shop(db, [{ channel: 'sms', always: 'no', at: 'since' }]);
    expect(await tick(1, `c1,Omsk,yes,${at(-60)},\n`)).toEqual([]);
    expect(await db.query(sql`SELECT channel, granted, "at" FROM consent`)).toEqual([
      { channel: 'sms', granted: false, at: start - 60 * minute },
    ]);
  });

  it('is refused by a column that has a value, whatever another column has and since when', async () => {
    const tick = await shop(await open(), [
      { channel: 'email', column: 'says', at: 'since' },
      { channel: 'email', refusal: 'bounced' },
    ]);
    const both = (when: number, bounced: string) => `c1,Omsk,yes,${at(when)},${bounced}\nc2,Omsk,yes,${at(-60)},\n`;
    expect(await tick(1, both(-60, 'hard'))).toEqual(['c2 email']);
    expect(await tick(3, both(2, 'hard'))).toEqual(['c2 email']);
    expect(await tick(4, both(2, ''))).toEqual(['c1 email', 'c2 email']);
  });

  it('states nothing where the column of refusals is empty', async () => {
    const db = await open();
    const tick = await shop(db, [{ channel: 'email', refusal: 'since', at: 'since' }]);
    expect(await tick(1, `c1,Omsk,,${at(-60)},\nc2,Omsk,,,\n`)).toEqual([]);
    expect(await db.query(sql`SELECT granted, "at" FROM consent`)).toEqual([
      { granted: false, at: start - 60 * minute },
    ]);
  });
});
