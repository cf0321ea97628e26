import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import type { Campaign } from '../../spec/model/campaign.ts';
import { begin, messages, tz } from '../../test/drive.ts';
import { carrier, options, renderer } from '../../test/outbox.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, events, minute, people, program } from '../../test/world.ts';
import type { Database } from '../store/database.ts';
import { runTick } from '../tick/run-tick.ts';
import type { Carrier, Outcome } from './carriers/carrier.ts';
import { type DispatchOptions, dispatch } from './dispatch.ts';

const start = Date.UTC(2026, 2, 2, 10);
const at = (minutes: number) => start + minutes * minute;

onEveryStore('the last look at a message', (open) => {
  async function shop(part: Partial<Campaign> = {}) {
    const p = program({ campaigns: [campaign(part)] });
    const db = await begin(open, p, start);
    const way = carrier();
    const send = (
      minutes: number | (() => number),
      worker = 'w1',
      carriers: DispatchOptions['carriers'] = new Map([['email', way]]),
    ) => {
      const now = () => at(typeof minutes === 'number' ? minutes : minutes());
      return dispatch(db, options(way, { program: p, renderer, carriers, now, worker }));
    };
    return {
      db,
      send,
      got: () => way.got.map(({ to }) => to),
      tick: (minutes: number) => runTick(db, p, at(minutes), tz),
      enters: (minutes: number, ...customers: string[]) =>
        events(
          db,
          'cart_updated',
          customers.map((customer) => ({ customer, at: at(minutes) })),
        ),
    };
  }
  /** By who has which address. */
  const have = (db: Database, addresses: Record<string, string>) =>
    people(
      db,
      Object.entries(addresses).map(([id, name]) => ({ id, email: `${name}@example.com` })),
    );
  const fates = async (db: Database) => (await messages(db, start)).map((line) => line.replace(/ send-1 email/, ''));

  it.each<[string, Partial<Campaign>, string]>([
    ['no customer enters again', { reenter: { kind: 'never' } }, 'same-address'],
    ['a customer enters again later', { reenter: { kind: 'after', ms: 2 * minute } }, 'same-address'],
    ['a customer may have entered again', { reenter: { kind: 'after', ms: minute } }, 'sent'],
    ['customers enter again at any time', { reenter: { kind: 'always' } }, 'sent'],
    ['the message is transactional', { category: 'transactional' }, 'sent'],
  ])('a mailbox that has got the step, and is another customer’s since the decision: %s', async (_, part, fate) => {
    const { db, send, tick, enters, got } = await shop(part);
    await have(db, { a: 'a', b: 'b' });
    await enters(1, 'a');
    await tick(1);
    await send(1);
    await enters(2, 'b');
    await tick(2);
    await have(db, { b: 'a' });
    await tick(3);
    await send(4);
    expect(await fates(db)).toEqual(['+1m a sent', `+2m b ${fate}`]);
    expect(got()).toEqual(fate === 'sent' ? ['a@example.com', 'a@example.com'] : ['a@example.com']);
  });

  it.each<[string, Partial<Campaign>, string]>([
    ['no customer enters again', { reenter: { kind: 'never' } }, 'same-address'],
    ['customers enter again at any time', { reenter: { kind: 'always' } }, 'sent'],
    ['the message is transactional', { category: 'transactional' }, 'sent'],
  ])(
    'a mailbox that has got the step, and that its customer has given up to another one: %s',
    async (_, part, fate) => {
      const { db, send, tick, enters, got } = await shop(part);
      await have(db, { a: 'a', b: 'b', c: 'c' });
      await enters(1, 'a');
      await tick(1);
      await send(1);
      await have(db, { a: 'x' });
      await tick(2);
      await enters(3, 'b', 'c');
      await tick(3);
      await have(db, { b: 'a' });
      await tick(4);
      await send(5);
      expect(await fates(db)).toEqual(['+1m a sent', `+3m b ${fate}`, '+3m c sent']);
      expect(got()).toHaveLength(fate === 'sent' ? 3 : 2);
    },
  );

  it('a message that is on a connection counts for the address that it goes to, whoever has that by now', async () => {
    const { db, send, tick, enters } = await shop();
    await have(db, { a: 'a', b: 'b', c: 'c', d: 'd' });
    await enters(1, 'a', 'b', 'c', 'd');
    await tick(1);
    const got: string[] = [];
    let minutes = 1;
    const slow: Carrier = {
      concurrency: 1,
      send: async ({ to }) => {
        got.push(to);
        minutes += 0.1;
        if (got.length === 1) {
          const [name = ''] = to.split('@');
          const [first = '', second = ''] = ['a', 'b', 'c', 'd'].filter((each) => each !== name);
          // Another customer gets the address under way, and the customer an address of somebody who waits.
          await have(db, { [name]: second, [first]: name });
          await tick(2);
        }
        return { status: 'sent' };
      },
      close: async () => {},
    };
    await send(() => minutes, 'w1', new Map([['email', slow]]));
    expect(got).toHaveLength(3);
    expect(new Set(got).size).toBe(3);
    expect((await fates(db)).filter((fate) => fate.endsWith('same-address'))).toHaveLength(1);
  });

  it('of those who wait, and share an address by now, the first that was decided is sent', async () => {
    const { db, send, tick, enters, got } = await shop();
    await have(db, { a: 'a', b: 'b', c: 'c', d: 'd', e: 'e' });
    await enters(1, 'b');
    await tick(1);
    await enters(2, 'a', 'c', 'd', 'e');
    await tick(2);
    await have(db, { a: 'b', d: 'c' });
    await tick(3);
    await send(3);
    const found = await fates(db);
    expect(found.filter((line) => !/ [cd] /.test(line))).toEqual(['+1m b sent', '+2m a same-address', '+2m e sent']);
    expect(
      found
        .filter((line) => / [cd] /.test(line))
        .map((line) => line.slice(6))
        .sort(),
    ).toEqual(['same-address', 'sent']);
    expect(got().toSorted()).toEqual(['b@example.com', 'c@example.com', 'e@example.com']);
  });

  it('what another worker has on a connection counts, whenever it was decided', async () => {
    const { db, send, tick, enters, got } = await shop();
    await have(db, { a: 'a', b: 'b' });
    await enters(1, 'b');
    await tick(1);
    await enters(2, 'a');
    await tick(2);
    await db.run(sql`UPDATE message SET send_at = ${at(4)}::bigint WHERE decided_at = ${at(1)}::bigint`);
    let begun = () => {};
    const onConnection = new Promise<void>((resolve) => {
      begun = resolve;
    });
    let answer: (outcome: Outcome) => void = () => {};
    const slow = carrier(() => {
      begun();
      return new Promise((resolve) => {
        answer = resolve;
      });
    });
    const first = send(3, 'slow', new Map([['email', slow]]));
    await onConnection;
    await have(db, { b: 'a' });
    await tick(4);
    await send(4, 'w2');
    answer({ status: 'sent' });
    await first;
    expect(await fates(db)).toEqual(['+1m b same-address', '+2m a sent']);
    expect(got()).toEqual([]);
  });

  it('an address that is not shared any more is no reason', async () => {
    const { db, send, tick, enters } = await shop();
    await have(db, { a: 'a', b: 'b' });
    await enters(1, 'a');
    await tick(1);
    await send(1);
    await enters(2, 'b');
    await tick(2);
    await have(db, { b: 'a' });
    await tick(3);
    await have(db, { b: 'new' });
    await tick(4);
    await send(4);
    expect(await fates(db)).toEqual(['+1m a sent', '+2m b sent']);
  });
});
