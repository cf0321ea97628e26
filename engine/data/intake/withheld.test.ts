import { rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import type { Campaign } from '../../../spec/model/campaign.ts';
import { dataFiles, from } from '../../../test/data-files.ts';
import { enrolments, messages, tz } from '../../../test/drive.ts';
import { onEveryStore } from '../../../test/stores.ts';
import { campaign, hour, minute, model } from '../../../test/world.ts';
import { compile } from '../../compile/compile.ts';
import { applyProgram } from '../../deploy/apply.ts';
import type { Database } from '../../store/database.ts';
import { unpaused } from '../../store/pauses.ts';
import { tickDeployed } from '../../worker/tick-deployed.ts';
import { refuseUnreadableFiles } from './unreadable.ts';

const start = Date.UTC(2026, 2, 2, 10);
const { data } = model();
const waits: Campaign['steps'] = [
  { id: 'w', kind: 'wait', ms: hour },
  { id: 'send', kind: 'send', channel: 'email', template: 'cart/mail' },
];
const program = compile(
  model({
    data: {
      ...data,
      customers: { ...data.customers, sources: from('people.csv') },
      events: data.events.map((kind) => ({ ...kind, sources: from(`${kind.name}.csv`) })),
      consent: from('consent.csv'),
      suppressions: from('suppressions.csv'),
      feedback: from('feedback.csv'),
    },
    campaigns: [
      campaign({ name: 'cart', exit: [{ event: 'order_paid' }], steps: waits }),
      campaign({ name: 'daily', on: { kind: 'schedule', cron: '3 10 * * *', zone: 'project' } }),
      campaign({ name: 'other', exit: [] }),
    ],
  }),
);

const folder = dataFiles('withheld');
const { put } = folder;

const at = (minutes: number) => new Date(start + minutes * minute).toISOString();
/** Nothing of it can be read. */
const unreadable = `who,when\nc1,${at(1)}\n`;
const orders = `customer,at\nc9,${at(-90)}\n`;

async function shop(db: Database) {
  await rm(join(folder.root, 'suppressions.csv'), { force: true });
  await rm(join(folder.root, 'feedback.csv'), { force: true });
  await put('people.csv', 'id,email\nc1,a@example.com\nc2,b@example.com\n');
  await put('consent.csv', `customer,channel,status,at\nc1,email,granted,${at(-90)}\nc2,email,granted,${at(-90)}\n`);
  await put('cart_updated.csv', `customer,at\nc1,${at(0)}\n`);
  await put('order_paid.csv', orders);
  await applyProgram(db, { program, at: start, lineage: 'test' });
  return (minutes: number, badData?: 'refuse' | 'accept') =>
    tickDeployed(
      db,
      { serial: 1, program },
      {
        at: start + minutes * minute,
        now: start + minutes * minute,
        root: folder.root,
        tz,
        ...(badData && { badData }),
      },
    );
}

onEveryStore('a campaign that reads a file which cannot be read', (open) => {
  it('neither enters nor moves customers until it can be read again, and then catches up', async () => {
    const db = await open();
    const tick = await shop(db);
    await tick(1);
    await put('order_paid.csv', unreadable);
    expect((await tick(2)).withheld).toEqual({
      began: [{ campaign: 'cart', path: 'order_paid.csv', why: 'nothing of it can be read' }],
      ended: [],
    });
    await put('cart_updated.csv', `customer,at\nc1,${at(0)}\nc2,${at(2)}\n`);
    await tick(3);
    await tick(70);
    expect(await enrolments(db, start)).toEqual([
      '+1m c1 cart active',
      '+1m c1 other completed +1m',
      '+3m c1 daily completed +3m',
      '+3m c2 daily completed +3m',
      '+3m c2 other completed +3m',
      '+3m c9 daily completed +3m',
    ]);
    await put('order_paid.csv', `${orders}c1,${at(50)}\n`);
    expect((await tick(71)).withheld).toEqual({ began: [], ended: [{ campaign: 'cart', path: 'order_paid.csv' }] });
    expect((await enrolments(db, start)).filter((line) => line.includes('cart'))).toEqual([
      '+1m c1 cart exit-event +71m',
      '+71m c2 cart active',
    ]);
    await tick(200);
    expect((await messages(db, start)).filter((line) => line.includes('+200m'))).toEqual([
      '+200m c2 send email decided',
    ]);
  });

  it('keeps its messages with the reason; consent concerns all marketing', async () => {
    const db = await open();
    const tick = await shop(db);
    await tick(1);
    await put('consent.csv', unreadable);
    await tick(3);
    const due = () => db.query(sql`SELECT message FROM message WHERE status = 'decided' AND ${unpaused}`);
    expect(await due()).toEqual([]);
    expect(await db.query(sql`SELECT campaign, status, reason FROM message`)).toEqual([
      { campaign: 'other', status: 'decided', reason: 'unreadable-data' },
    ]);
    await put('consent.csv', `customer,channel,status,at\nc1,email,granted,${at(-90)}\nc2,email,granted,${at(-90)}\n`);
    await tick(5);
    expect((await due()).length).toBe(3);
    expect(await db.query(sql`SELECT * FROM withheld`)).toEqual([]);
  });

  it('is not withheld by fewer rows than the tolerance, nor where that is allowed; a refused tick changes nothing', async () => {
    const db = await open();
    const tick = await shop(db);
    const rows = (good: number) => `customer,at\n${`c9,${at(-90)}\n`.repeat(good)}c9,yesterday\n`;
    await put('order_paid.csv', rows(18));
    await expect(tick(1, 'refuse')).rejects.toThrow(/order_paid\.csv: 1 of 19 rows/);
    expect(await db.query(sql`SELECT path FROM source`)).toEqual([]);
    expect((await tick(1, 'accept')).withheld).toBeUndefined();
    await put('order_paid.csv', rows(19));
    expect((await tick(2, 'refuse')).withheld).toBeUndefined();
    await rm(join(folder.root, 'order_paid.csv'));
    expect((await tick(3, 'refuse')).withheld).toBeUndefined();
  });

  it('is withheld by one garbled row of consent, however many are good: it could be a withdrawal', async () => {
    const db = await open();
    const tick = await shop(db);
    const good = Array.from({ length: 200 }, (_, i) => `g${i},email,granted,${at(-90)}\n`).join('');
    const head = `customer,channel,status,at\nc1,email,granted,${at(-90)}\n${good}`;
    await put(
      'consent.csv',
      Buffer.concat([Buffer.from(`${head}c1,email,withdrawn,${at(-1)},`), Buffer.from([0xff, 10])]),
    );
    await expect(tick(0, 'refuse')).rejects.toThrow(/consent\.csv/);
    await tick(1);
    await tick(70);
    expect((await messages(db, start)).filter((line) => line.endsWith('sent'))).toEqual([]);
  });

  const texts = {
    'people.csv': 'id,email\nc1,a@example.com\nc2,b@example.com\n',
    'consent.csv': `customer,channel,status,at\nc1,email,granted,${at(-90)}\nc2,email,granted,${at(-90)}\n`,
    'suppressions.csv': `customer,channel,reason,at\nc9,*,asked,${at(-90)}\n`,
    'feedback.csv': 'message,kind,at\n',
  };
  it.each([
    ['consent.csv', `c1;email;withdrawn;${at(-1)}`],
    ['consent.csv', 'c1'],
    ['consent.csv', 'c1,,,,'],
    ['consent.csv', `Smith, John,email,withdrawn,${at(-1)}`],
    ['consent.csv', `c7,email,withdrawn,${at(-1)},more`],
    ['suppressions.csv', `c1;*;asked;${at(-1)}`],
    ['suppressions.csv', `17,c1,email,asked,${at(-1)}`],
    ['suppressions.csv', 'c7,*,asked'],
    ['feedback.csv', `m1;bounced;${at(-1)}`],
  ] as const)('is withheld by a row of %s from which it is not certain whom it refuses: %s', async (file, row) => {
    const db = await open();
    const tick = await shop(db);
    await put('suppressions.csv', texts['suppressions.csv']);
    await put('feedback.csv', texts['feedback.csv']);
    await tick(0, 'refuse');
    const head = texts[file];
    await put(file, `${head}${row}\n`);
    await expect(tick(1, 'refuse')).rejects.toThrow(
      new RegExp(`${file}: .*The first problem \\(line \\d\\): The row has`),
    );
    // Only the store knows that there is no such customer.
    const files = refuseUnreadableFiles(program, folder.root, start);
    await (row.startsWith('c7,') ? files : expect(files).rejects.toThrow(file));
    expect((await tick(1))?.withheld?.began.map(({ campaign, path }) => `${campaign} ${path}`)).toContain(
      `other ${file}`,
    );
    await put(file, head);
    expect((await tick(2, 'refuse')).withheld?.ended).toContainEqual({ campaign: 'other', path: file });
  });

  it.each([
    ['consent.csv', 'c1,email'],
    ['consent.csv', `c1,email,withdrawn,${at(-1)},more`],
    ['consent.csv', `C1,email,withdrawn,${at(-1)},,`],
    ['consent.csv', 'A@example.com,*,withdrawn'],
    ['suppressions.csv', 'c1,email'],
    ['suppressions.csv', `c1,*,asked,${at(-1)},more`],
  ] as const)(
    'is not withheld by a row of %s that has too many or too few cells, but refuses for certain: %s',
    async (file, row) => {
      const db = await open();
      const tick = await shop(db);
      await put('suppressions.csv', texts['suppressions.csv']);
      await put(file, `${texts[file]}${row}\n`);
      expect((await tick(1, 'refuse')).withheld).toBeUndefined();
      const reason = file === 'consent.csv' ? 'no-consent' : 'suppressed';
      expect(await messages(db, start)).toContain(`+1m c1 send-1 email ${reason}`);
    },
  );

  it('is refused by such a row all the same, where bad data is allowed', async () => {
    const db = await open();
    const tick = await shop(db);
    await put('suppressions.csv', `${texts['suppressions.csv']}c1\n`);
    await tick(1, 'accept');
    expect(await messages(db, start)).toContain('+1m c1 send-1 email suppressed');
  });

  it.each([
    ['consent.csv', 'no byte'],
    ['consent.csv', 'its header only'],
    ['consent.csv', 'half a row'],
    ['consent.csv', 'no file'],
    ['suppressions.csv', 'no byte'],
    ['people.csv', 'its header only'],
  ] as const)('is withheld while %s, which held rows, has %s', async (file, left) => {
    const text = texts[file];
    const db = await open();
    const tick = await shop(db);
    await put(file, text);
    await tick(1, 'refuse');
    const header = text.slice(0, text.indexOf('\n') + 1);
    if (left === 'no file') await rm(join(folder.root, file));
    else await put(file, left === 'no byte' ? '' : left === 'half a row' ? `${header}c1,*` : header);
    if (left === 'half a row') await utimes(join(folder.root, file), start / 1000 + 120, start / 1000 + 120);
    await expect(tick(2, 'refuse')).rejects.toThrow(`${file}: it has held rows, and holds none now`);
    expect((await tick(2))?.withheld?.began.map(({ path }) => path)).toContain(file);
    await put(file, header.replace('\n', '\n\n'));
    expect((await tick(3)).withheld, 'another reading without rows ends nothing').toBeUndefined();
    expect(await messages(db, start)).toEqual(['+1m c1 send-1 email unreadable-data']);
    expect(await db.query(sql`SELECT path, code FROM quarantine WHERE code = 'emptied-file'`)).toEqual([
      { path: file, code: 'emptied-file' },
    ]);
    await put(file, text);
    expect((await tick(4, 'refuse')).withheld?.ended.map(({ path }) => path)).toContain(file);
  });

  it.each(['no file', 'no byte', 'its header only'])(
    'is not withheld where a file has never held rows: %s',
    async (left) => {
      const tick = await shop(await open());
      for (const [file, header] of [
        ['suppressions.csv', 'customer,channel,reason,at\n'],
        ['feedback.csv', 'message,kind,at\n'],
      ] as const) {
        await rm(join(folder.root, file), { force: true });
        if (left !== 'no file') await put(file, left === 'no byte' ? '' : header);
      }
      expect((await tick(1, 'refuse')).withheld).toBeUndefined();
      await put('feedback.csv', `message,kind,at\nm,opened,${at(0)}\n`);
      await tick(2, 'refuse');
      await put('feedback.csv', '');
      expect((await tick(3, 'refuse')).withheld, 'feedback may be cut').toBeUndefined();
    },
  );

  it('is named with a problem that has caused it, not with the first of its file', async () => {
    const db = await open();
    const tick = await shop(db);
    const rows = [`nobody,email,granted,${at(-90)}`, 'c1,email,granted,yesterday', `c2,email,granted,${at(-90)},more`];
    const many = `c2,email,granted,${at(-90)}\n`.repeat(100);
    await put('consent.csv', `customer,channel,status,at\n${rows.join('\n')}\n${many}`);
    const cause = /consent\.csv: 2 of 103 rows cannot be read\. The first problem \(line 4\): The row has 5 cells/;
    await expect(tick(1, 'refuse')).rejects.toThrow(cause);
    await expect(refuseUnreadableFiles(program, folder.root, start)).rejects.toThrow(cause);
    await put(
      'consent.csv',
      `customer,channel,status,at\n${rows.slice(0, 2).join('\n')}\n${many.slice(0, many.length / 50)}`,
    );
    await expect(tick(2, 'refuse')).rejects.toThrow(/line 3\): at "yesterday"/);
  });
});
