import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import { begin, carryOn, messages } from '../../test/drive.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, day, events, hour, minute, people, program } from '../../test/world.ts';
import { runTick } from '../tick/run-tick.ts';
import { findEntryInForce } from './entry-in-force.ts';
import {
  countUnowned,
  findSubject,
  listAddress,
  listSuppressed,
  noteSuppression,
  type Subject,
  suppressedSharers,
} from './suppressions.ts';
import { withdrawals } from './withdrawals.ts';

const start = Date.UTC(2026, 2, 2, 10);
const world = program({ campaigns: [campaign({ reenter: { kind: 'always' } })] });

onEveryStore('suppressions by hand', (open) => {
  async function shop() {
    const db = await begin(open, world, start);
    await people(db, [
      { id: 'c1', email: 'Anna@example.com' },
      { id: 'c2', email: 'anna@example.com' },
      { id: 'c3', phone: '+79000000003' },
    ]);
    await runTick(db, world, start, 'test');
    const find = async (text: string): Promise<Subject> =>
      (await findSubject(db, world, text)) ?? expect.unreachable(text);
    const note = async (text: string, word: string, lifted = false) =>
      noteSuppression(db, world, await find(text), { word, reason: lifted ? 'lifted' : 'asked', at: start, lifted });
    const listed = async () => (await listSuppressed(db, world)).map((one) => `${one.customer} ${one.channel}`);
    return { db, find, note, listed };
  }

  it('of an address hold for all who have it, and end when it is lifted', async () => {
    const { db, find, note, listed } = await shop();
    expect((await find('ANNA@example.com')).customers).toEqual(['c1', 'c2']);
    await note('anna@example.com', 'email');
    expect(await listed()).toEqual(['c1 email', 'c2 email']);
    const at = start + hour;
    await events(db, 'cart_updated', [
      { customer: 'c1', at },
      { customer: 'c3', at },
    ]);
    await carryOn(db, world, start + minute, start + day);
    expect(await messages(db, start)).toEqual(['+60m c1 send-1 email suppressed', '+60m c3 send-1 email sent']);
    await note('c1', 'email', true);
    expect(await listed(), 'letting the customer go lets the address go').toEqual([]);
  });

  it('of a customer hold for the address, on the channels that the word means', async () => {
    const { note, listed } = await shop();
    await note('c1', 'email');
    expect(await listed()).toEqual(['c1 email', 'c2 email']);
    await note('c3', '*');
    expect(await listed()).toEqual(['c3 email', 'c3 sms', 'c1 email', 'c2 email']);
    await note('c3', 'sms', true);
    expect(await listed()).toEqual(['c3 email', 'c1 email', 'c2 email']);
    await note('anna@example.com', '*', true);
    expect(await listed()).toEqual(['c3 email']);
    await note('c3', 'email', true);
    await note('c3', 'email');
    expect(await listed(), 'the latest word counts').toEqual(['c3 email']);
  });

  it('are in force already where nothing has lifted them, in part or by the address', async () => {
    const { db, find, note } = await shop();
    const since = async (text: string, word: string) =>
      (await findEntryInForce(db, world, await find(text), word))?.reason;
    expect(await since('c1', '*')).toBeUndefined();
    await note('c1', '*');
    expect(await since('c1', '*')).toBe('asked');
    expect(await since('c1', 'email'), 'another word').toBeUndefined();
    expect(await since('anna@example.com', '*'), 'another subject').toBeUndefined();
    expect((await suppressedSharers(db, world, ['c1'])).map(({ customer }) => customer)).toEqual(['c2', 'c2']);
    expect(await suppressedSharers(db, world, ['c3'])).toEqual([]);
    await note('c2', 'email', true);
    expect(await since('c1', '*'), 'the address was let go with another customer').toBeUndefined();
    await note('c1', '*');
    await note('c1', 'sms', true);
    expect(await since('c1', '*'), 'in part').toBeUndefined();
    await note('anna@example.com', 'email');
    expect(await since('anna@example.com', 'email')).toBe('asked');
    await note('anna@example.com', 'email', true);
    expect(await since('anna@example.com', 'email')).toBeUndefined();
  });

  it('of an address may write it as people paste it, but not without one', async () => {
    const { db, find } = await shop();
    for (const text of ['mailto:anna@example.com', 'Anna <ANNA@example.com.>'])
      expect((await find(text)).customers, text).toEqual(['c1', 'c2']);
    expect((await find('8 (900) 000-00-03')).customers).toEqual(['c3']);
    expect(await findSubject(db, world, 'anna@example')).toBeUndefined();
  });

  it('of an address that nobody has wait for whoever gets it', async () => {
    const { db, find, note, listed } = await shop();
    expect((await find('later@example.com')).customers).toEqual([]);
    await note('later@example.com', '*');
    expect(await listed()).toEqual([]);
    expect(await countUnowned(db, world)).toBe(1);
    await note('later@example.com', 'sms', true);
    const [entry, ...more] = await listAddress(db, world, await find('later@example.com'));
    expect([entry, more]).toEqual([{ channel: 'email', word: '*', reason: 'asked', since: start }, []]);
    await note('later@example.com', '*');
    await people(db, [{ id: 'c9', email: 'later@example.com' }]);
    await runTick(db, world, start + hour, 'test');
    expect(await listed(), '`*` is about the person, on every channel').toEqual(['c9 email', 'c9 sms']);
    expect(await countUnowned(db, world)).toBe(0);
  });

  it('are another thing than consent that is withdrawn', async () => {
    const { db, listed } = await shop();
    await db.run(sql`
      INSERT INTO inbox_consent (id, customer, channel, granted, "at") VALUES
        ('1', 'c1', 'email', TRUE, ${start}::bigint), ('2', 'c1', 'email', FALSE, ${start + 1}::bigint),
        ('3', 'c3', 'sms', FALSE, ${start}::bigint), ('4', 'c3', 'sms', TRUE, ${start + 1}::bigint)`);
    await runTick(db, world, start + minute, 'test');
    expect(await withdrawals(db, world, ['c1', 'c2', 'c3'])).toEqual([{ customer: 'c1', channel: 'email' }]);
    expect(await listed()).toEqual([]);
  });

  it('of nobody there is none', async () => {
    const { db } = await shop();
    expect(await findSubject(db, world, 'c4')).toBeUndefined();
    expect(await db.query(sql`SELECT id FROM suppression`)).toEqual([]);
  });
});
