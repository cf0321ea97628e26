import sql from 'sql-template-tag';
import { beforeEach, expect, it } from 'vitest';
import type { Source } from '../../../spec/model/data.ts';
import { dataFiles, from } from '../../../test/data-files.ts';
import { tz } from '../../../test/drive.ts';
import { onEveryStore } from '../../../test/stores.ts';
import { minute, model } from '../../../test/world.ts';
import { compile } from '../../compile/compile.ts';
import { applyProgram } from '../../deploy/apply.ts';
import type { Program } from '../../program/program.ts';
import type { Database } from '../../store/database.ts';
import { runTick } from '../../tick/run-tick.ts';
import { consentChanged, intake, intakeConsent, type SourceReport } from './intake.ts';

const start = Date.UTC(2026, 2, 2, 10);
const { data } = model();
const folder = dataFiles('twice');
const { put } = folder;

/** The consent to a channel, from the column of that name. */
const column = (channel: string): Source => ({
  path: 'people.csv',
  rename: { [channel]: ['channel', 'status'], id: 'customer', since: 'at' },
  fields: {
    channel: { values: { Да: channel, Нет: channel } },
    status: { values: { Да: 'granted', Нет: 'withdrawn' } },
  },
});

async function prepared(db: Database, program: Program) {
  await applyProgram(db, { program, at: start, lineage: 'test' });
  const options = (minutes: number) => ({ root: folder.root, at: start + minutes * minute });
  /** Returns the files that a tick has read. */
  const tick = async (minutes: number) => {
    let sources: SourceReport[] = [];
    await runTick(db, program, start + minutes * minute, tz, async (tx) => {
      ({ sources } = await intake(tx, program, options(minutes)));
    });
    return sources.map(({ path, rows, problems }) => `${path} ${rows} ${problems}`);
  };
  const consents = async () =>
    (
      await db.query<{ id: string; channel: string }>(sql`
        SELECT c.id, s.channel FROM subscription s JOIN customer c ON c.customer = s.customer ORDER BY 1, 2`)
    ).map(({ id, channel }) => `${id} ${channel}`);
  return { tick, consents, options };
}

beforeEach(async () => {
  await put('people.csv', 'id,city,email,sms,since\nc1,Omsk,Да,Нет,2026-03-01\nc2,Omsk,Нет,Да,2026-03-01\n');
});

onEveryStore('a file that is declared more than once', (open) => {
  it('as two sources of consent is read once for each when it has changed, and counted apart', async () => {
    const db = await open();
    const program = compile(
      model({
        data: {
          ...data,
          customers: { ...data.customers, sources: from('people.csv') },
          consent: [column('email'), { ...column('sms'), dates: ['DD.MM.YYYY'] }],
        },
      }),
    );
    const { tick, consents, options } = await prepared(db, program);
    const people = await tick(1);
    expect(people.map((line) => line.split(' ').slice(0, -1).join(' '))).toEqual([
      'people.csv (customers) 2',
      'people.csv (consent) 2',
      'people.csv (consent, 2) 2',
    ]);
    expect(await consents()).toEqual(['c1 email', 'c2 sms']);
    expect(await tick(2)).toEqual([]);
    expect(await consentChanged(db, program, options(2))).toBe(false);
    expect(await db.transaction((tx) => intakeConsent(tx, program, options(2)))).toEqual({ sources: [] });
    await put('people.csv', 'id,city,email,sms,since\nc1,Omsk,Да,Да,lately\nc2,Omsk,Нет,Да,2026-03-01\n');
    expect(await tick(3)).toHaveLength(3);
    const unread = sql`SELECT path, line, lost FROM source JOIN quarantine USING (path) WHERE code = 'bad-instant' ORDER BY path`;
    expect(await db.query(unread)).toEqual([
      { path: 'people.csv (consent)', line: 2, lost: 1 },
      { path: 'people.csv (consent, 2)', line: 2, lost: 1 },
    ]);
    expect(await tick(4)).toEqual([]);
  });

  it('in any kind of data, or in several of them, is read again only when it has changed', async () => {
    const db = await open();
    await put('list.csv', 'id,customer\nc1,c1\n');
    const twice = from('people.csv', 'people.csv');
    const program = compile(
      model({
        data: {
          ...data,
          customers: { ...data.customers, sources: twice, consent: { email: { column: 'email' } } },
          events: data.events.map((kind) => ({ ...kind, sources: twice })),
          consent: twice,
          suppressions: twice,
          feedback: twice,
        },
        segments: [{ name: 'list', sources: from('list.csv', 'list.csv') }],
      }),
    );
    const { tick } = await prepared(db, program);
    const read = (await tick(1)).map((line) => line.replace(/ \d+ \d+$/, ''));
    expect(new Set(read).size).toBe(read.length);
    expect(read).toHaveLength(2 * (1 + 2 + 1 + 1 + 1 + 1 + 1));
    expect(await tick(2)).toEqual([]);
  });

  it('for one kind of events takes back by one declaration only its own events', async () => {
    const db = await open();
    await put('orders.csv', 'id,customer,at,total,status\no1,c1,2026-03-01,5,paid\no2,c2,2026-03-01,6,sent\n');
    const orders = (status: string): Source => ({ path: 'orders.csv', rename: {}, where: { status: [status] } });
    const program = compile(
      model({
        data: {
          ...data,
          customers: { ...data.customers, sources: from('people.csv') },
          events: data.events.map((kind) =>
            kind.name === 'order_paid' ? { ...kind, sources: [orders('paid'), orders('sent')] } : kind,
          ),
        },
      }),
    );
    const { tick } = await prepared(db, program);
    await tick(1);
    const told = () => db.query(sql`SELECT id FROM event_order_paid WHERE customer > 0 ORDER BY 1`);
    expect(await told()).toEqual([{ id: 'o1' }, { id: 'o2' }]);
    await put('orders.csv', 'id,customer,at,total,status\no1,c1,2026-03-01,5,off\no2,c2,2026-03-01,6,sent\n');
    await tick(2);
    expect(await told()).toEqual([{ id: 'o2' }]);
  });
});
