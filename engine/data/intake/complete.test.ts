import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Campaign } from '../../../spec/model/campaign.ts';
import type { Source } from '../../../spec/model/data.ts';
import { enrolments, messages, tz } from '../../../test/drive.ts';
import { carrier, fill, options, program as outboxProgram } from '../../../test/outbox.ts';
import { onEveryStore } from '../../../test/stores.ts';
import { campaign, hour, minute, model } from '../../../test/world.ts';
import { compile } from '../../compile/compile.ts';
import { dispatch } from '../../delivery/dispatch.ts';
import { applyProgram } from '../../deploy/apply.ts';
import type { Program } from '../../program/program.ts';
import type { Database } from '../../store/database.ts';
import { audienceNow } from '../../tick/launch.ts';
import { tickDeployed } from '../../worker/tick-deployed.ts';
import { unreadable } from './unreadable.ts';

const start = Date.UTC(2026, 2, 2, 10);
const { data } = model();
const file = (path: string) => ({ path, rename: {} });
const carts = campaign({
  reenter: { kind: 'always' },
  category: 'transactional',
  steps: [
    { id: 'w', kind: 'wait', ms: hour },
    { id: 'send', kind: 'send', channel: 'email', template: 'cart' },
  ],
});
const byHand = campaign({ name: 'by-hand', on: { kind: 'manual' }, category: 'transactional' });

interface Part {
  sources?: Source[];
  complete?: boolean;
  campaigns?: Campaign[];
  tolerance?: number;
}

function shop({
  sources = [file('people.csv')],
  complete = true,
  campaigns = [carts, byHand],
  tolerance = 3000,
}: Part = {}): Program {
  return compile(
    model({
      data: {
        ...data,
        customers: { ...data.customers, sources, ...(complete && { complete }) },
        events: data.events.map((kind) => ({ ...kind, sources: [file(`${kind.name}.csv`)] })),
        tolerance,
      },
      campaigns,
    }),
  );
}

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-complete-'));
});
afterAll(() => rm(root, { recursive: true }));

let second = 0;
const remove = (path: string) => rm(join(root, path), { force: true });
async function put(path: string, text: string): Promise<void> {
  await writeFile(join(root, path), text);
  await utimes(join(root, path), ++second, second);
}

const at = (minutes: number) => new Date(start + minutes * minute).toISOString();
const everybody = Array.from({ length: 10 }, (_, i) => `c${i}`);
const without = (...ids: string[]) => everybody.filter((id) => !ids.includes(id));
const people = (ids: string[], path = 'people.csv') =>
  put(path, `id,email,points\n${ids.map((id) => `${id},${id}@example.com,1\n`).join('')}`);
const cart = (id: string, ...minutes: number[]) =>
  put('cart_updated.csv', `customer,at\n${minutes.map((m) => `${id},${at(m)}\n`).join('')}`);

async function open(db: Database, first: Program) {
  let [serial, program] = [0, first];
  const apply = async (next: Program, minutes: number) => {
    await applyProgram(db, { program: next, at: start + minutes * minute, lineage: 'test' });
    [serial, program] = [serial + 1, next];
  };
  await Promise.all(['people.csv', 'more.csv', 'cart_updated.csv', 'order_paid.csv'].map(remove));
  await apply(first, 0);
  const tick = (minutes: number, badData?: 'accept' | 'refuse') => {
    const now = start + minutes * minute;
    return tickDeployed(db, { serial, program }, { at: now, now, root, tz, ...(badData && { badData }) });
  };
  const gone = async () => {
    const rows = await db.query<{ id: string }>(
      sql`SELECT c.id FROM removed_customer r JOIN customer c ON c.customer = r.customer ORDER BY c.id`,
    );
    return rows.map(({ id }) => id);
  };
  const fewer = async () => (await unreadable(db, program)).map(({ path, fewer }) => `${path} ${fewer}`);
  const problems = async () => {
    const rows = await db.query<{ path: string; code: string }>(
      sql`SELECT path, code FROM quarantine WHERE code <> 'missing-file' ORDER BY path, code`,
    );
    return rows.map(({ path, code }) => `${path} ${code}`);
  };
  return { tick, gone, fewer, apply, problems };
}

onEveryStore('files that name every customer', (store) => {
  it('end the journeys of who is in none of them any more, until they name the customer again', async () => {
    const db = await store();
    const { tick, gone } = await open(db, shop());
    await people(everybody);
    await cart('c1', 1);
    await tick(1);
    await people(without('c1', 'c2'));
    await cart('c1', 1, 2);
    await tick(3);
    expect(await gone()).toEqual(['c1', 'c2']);
    const program = shop();
    const launched = program.campaigns.find(({ name }) => name === 'by-hand');
    if (!launched) expect.unreachable();
    expect((await audienceNow(db, { program, campaign: launched, now: start })).entering).toBe(8);
    await people(without('c2'));
    await tick(4);
    await cart('c1', 1, 2, 5);
    await tick(5);
    await tick(100);
    expect(await gone()).toEqual(['c2']);
    expect(await enrolments(db, start)).toEqual(['+1m c1 cart removed-customer +3m', '+5m c1 cart completed +100m']);
    expect(await messages(db, start)).toEqual(['+100m c1 send email decided']);
    await people(without('c1', 'c2'));
    await tick(101);
    expect(await messages(db, start), 'what is decided is cancelled').toEqual(['+100m c1 send email removed-customer']);
  });

  it('are not believed beyond the tolerance, and hold everything up until they are whole or it is allowed', async () => {
    const db = await store();
    const { tick, gone, fewer } = await open(db, shop());
    await people(everybody);
    await cart('c5', 1);
    await tick(1);
    await people(without('c1', 'c2', 'c3', 'c4'));
    await expect(tick(2, 'refuse')).rejects.toThrow('people.csv: customers whom it named and no file names now: 4');
    await tick(2);
    expect(await fewer()).toEqual(['people.csv 4']);
    expect(await db.query(sql`SELECT code, line FROM quarantine WHERE path = 'people.csv'`)).toEqual([
      { code: 'fewer-customers', line: 0 },
    ]);
    await tick(70);
    expect(await messages(db, start), 'nothing is sent meanwhile').toEqual([]);
    await people(everybody);
    await tick(71);
    expect([await fewer(), await gone()]).toEqual([[], []]);
    expect(await messages(db, start)).toEqual(['+71m c5 send email decided']);
    await people([...without('c1', 'c2', 'c3', 'c4'), 'new']);
    await tick(72);
    await tick(73, 'accept');
    expect([await fewer(), await gone()]).toEqual([[], ['c1', 'c2', 'c3', 'c4']]);
    await people(without('c1', 'c2', 'c3', 'c4'));
    await tick(74);
    expect(await gone(), 'who was new in a reading that was not accepted is known all the same').toContain('new');
  });

  it('are never believed where one of them has no row', async () => {
    const { tick, gone } = await open(await store(), shop());
    await people(everybody);
    await tick(1);
    await people([]);
    await tick(2, 'accept');
    await remove('people.csv');
    await tick(3, 'accept');
    expect(await gone()).toEqual([]);
    await people(without('c1'));
    await tick(4);
    expect(await gone()).toEqual(['c1']);
  });

  it('are judged again by another program, though none of them has changed', async () => {
    const { tick, gone, fewer, apply } = await open(await store(), shop());
    await people(everybody);
    await tick(1);
    await people(without('c1', 'c2', 'c3', 'c4'));
    await tick(2);
    await apply(shop({ campaigns: [carts] }), 3);
    await tick(3);
    expect([await fewer(), await gone()], 'which tolerates no more').toEqual([['people.csv 4'], []]);
    await apply(shop({ tolerance: 3999 }), 4);
    await expect(tick(4, 'refuse')).rejects.toMatchObject({ help: expect.stringContaining('tolerance` of 40%.') });
    await apply(shop({ tolerance: 4000 }), 5);
    await tick(5);
    expect([await fewer(), await gone()]).toEqual([[], ['c1', 'c2', 'c3', 'c4']]);
  });

  it('have help where one of them holds no row, and the help is right', async () => {
    const two = shop({ sources: [file('people.csv'), file('more.csv')] });
    const { tick, gone, fewer, apply, problems } = await open(await store(), two);
    await people(everybody.slice(0, 9));
    await people(['c9'], 'more.csv');
    await tick(1);
    await people([], 'more.csv');
    const help = expect.stringMatching(
      /^Nobody is removed before .*, with --allow-bad-data neither\. Write more\.csv again, or apply `data` with the name that it has now, or without it\./,
    );
    await expect(tick(2, 'refuse')).rejects.toMatchObject({ help });
    await tick(2, 'accept');
    expect([await fewer(), await gone()]).toEqual([['more.csv 1'], []]);
    expect(await problems(), 'one problem for one cause').toEqual(['more.csv emptied-file']);
    await apply(shop({ tolerance: 10_000, sources: two.data.customers.sources }), 3);
    await tick(3);
    expect(await gone(), 'whatever is tolerated').toEqual([]);
    await apply(shop(), 4);
    await tick(4);
    expect([await fewer(), await gone()], 'without the file').toEqual([[], ['c9']]);
  });

  it('may be renamed, and count together', async () => {
    const { tick, gone, fewer, apply } = await open(await store(), shop());
    await people(everybody);
    await tick(1);
    await apply(shop({ sources: [file('more.csv')] }), 2);
    await tick(2);
    expect(await gone(), 'the file is not there yet').toEqual([]);
    await people(without('c1'), 'more.csv');
    await tick(3);
    expect(await gone()).toEqual(['c1']);
    await apply(shop({ sources: [file('people.csv'), file('more.csv')] }), 4);
    await people(['c8', 'c9']);
    await tick(4);
    await people(without('c0', 'c1', 'c8', 'c9'), 'more.csv');
    await tick(5);
    expect(await gone(), 'who has moved to the other file is there').toEqual(['c0', 'c1']);
    await people(['c9']);
    await tick(6);
    expect(await gone()).toEqual(['c0', 'c1', 'c8']);
    await apply(shop({ sources: [file('more.csv')] }), 7);
    await people(without('c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c8', 'c9'), 'more.csv');
    await tick(7);
    expect([await gone(), await fewer()]).toEqual([['c0', 'c1', 'c8'], ['more.csv 5']]);
    await tick(8, 'accept');
    expect(await gone()).toEqual(['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c8', 'c9']);
  });

  it('name a customer also by a row that is left out, and wait for one that is not finished', async () => {
    const db = await store();
    const { tick, gone } = await open(db, shop());
    await people(everybody);
    await tick(1);
    const rows = without('c3').map((id) => `${id},${id}@example.com,${id === 'c4' ? 'many' : 1}\n`);
    await put('people.csv', `id,email,points\n${rows.join('')}`);
    await tick(2);
    expect(await gone()).toEqual(['c3']);
    const path = join(root, 'people.csv');
    await writeFile(path, `id,email,points\n${rows.slice(0, -1).join('')}c`);
    const now = start / 1000 + 180;
    await utimes(path, now, now);
    await tick(3);
    expect(await gone()).toEqual(['c3']);
    await tick(4);
    expect(await gone(), 'and so it was the row').toEqual(['c3', 'c9']);
  });

  it('conclude nothing while the last row of one waits, and all of it afterwards', async () => {
    const two = shop({ sources: [file('people.csv'), file('more.csv')] });
    const { tick, gone, fewer } = await open(await store(), two);
    const [some, others] = [everybody.slice(0, 5), everybody.slice(5)];
    await people(some);
    await people(others, 'more.csv');
    await tick(1);
    const half = async (path: string, ids: string[], seconds: number) => {
      const rows = ids.map((id) => `${id},${id}@example.com,1`);
      await writeFile(join(root, path), `id,email,points\n${rows.join('\n')}`);
      await utimes(join(root, path), start / 1000 + seconds, start / 1000 + seconds);
    };
    await half('people.csv', some, 187.4);
    await people(['c5', 'c6', 'c7', 'c8'], 'more.csv');
    await tick(3.125);
    expect(await gone()).toEqual([]);
    await people(['c5', 'c6', 'c7'], 'more.csv');
    await tick(3.15625);
    expect(await gone(), 'also where another file is read that is finished').toEqual([]);
    await tick(4);
    expect(await gone(), 'without another change of the file').toEqual(['c8', 'c9']);
    await half('people.csv', some, 287.4);
    await people(['new'], 'more.csv');
    await tick(4.8125);
    await tick(5);
    expect([await gone(), await fewer()]).toEqual([['c8', 'c9'], ['more.csv 3']]);
    await half('people.csv', some, 367.4);
    await tick(6.125);
    expect(await fewer(), 'as long as nothing is concluded').toEqual(['more.csv 3']);
    await tick(7);
    expect([await gone(), await fewer()]).toEqual([['c8', 'c9'], ['more.csv 3']]);
    await people(everybody);
    await tick(8);
    expect([await gone(), await fewer()]).toEqual([[], []]);
  });

  it('count who was named while they did not name everybody', async () => {
    const db = await store();
    const { tick, gone, fewer, apply } = await open(db, shop());
    await people(everybody);
    await tick(1);
    await people(without('c0', 'c1', 'c2'));
    await tick(2);
    await apply(shop({ complete: false }), 3);
    await people([...without('c0', 'c1', 'c2'), 'new']);
    await cart('c0', 4);
    await tick(4);
    await people(without('c0', 'c1', 'c2'));
    await tick(5);
    await apply(shop(), 6);
    await tick(6);
    expect([await gone(), await fewer()]).toEqual([['c0', 'c1', 'c2', 'new'], []]);
    expect(await enrolments(db, start)).toEqual(['+4m c0 cart removed-customer +6m']);
    await apply(shop({ complete: false }), 7);
    await cart('c0', 4, 8);
    await tick(8);
    await apply(shop(), 9);
    await tick(9);
    expect((await enrolments(db, start))[1], 'who entered meanwhile leaves').toBe('+8m c0 cart removed-customer +9m');
  });

  it('count who had attributes before as named, and nobody else', async () => {
    const { tick, gone, apply } = await open(await store(), shop({ complete: false }));
    await people(everybody);
    await cart('guest', 1);
    await tick(1);
    await people(without('c1'));
    await tick(2);
    expect(await gone()).toEqual([]);
    await apply(shop(), 3);
    await tick(3);
    expect(await gone()).toEqual(['c1']);
  });

  it('hold where a removed campaign is put back', async () => {
    const db = await store();
    const { tick, apply } = await open(db, shop());
    await people(everybody);
    await cart('c1', 1);
    await tick(1);
    await apply(shop({ campaigns: [byHand] }), 2);
    await people(without('c1'));
    await tick(2);
    await apply(shop(), 3);
    await tick(4);
    expect(await enrolments(db, start)).toEqual(['+1m c1 cart removed-customer +4m']);
  });

  it('keep a message from leaving that was decided before they were read', async () => {
    const db = await store();
    await fill(db, 2);
    const p = outboxProgram();
    const complete = { ...p, data: { ...p.data, customers: { ...p.data.customers, complete: true as const } } };
    await db.run(sql`INSERT INTO removed_customer (customer) VALUES (1)`);
    const way = carrier();
    await dispatch(db, options(way, { program: complete }));
    expect(way.got.map(({ to }) => to)).toEqual(['buyer2@example.com']);
    expect(await db.query(sql`SELECT status, reason FROM message ORDER BY status`)).toEqual([
      { status: 'sent', reason: null },
      { status: 'suppressed', reason: 'removed-customer' },
    ]);
  });
});
