import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { slow } from './mail-server.ts';
import type { Crm } from './process.ts';
import { settle } from './settle.ts';
import { customers, mailChannel, oneMessage, type Shop } from './shop.ts';
import { type Bench, type Figures, type Trial, until } from './trial.ts';

const socketOf = (shop: Shop) => join(shop.root, '.kaskad/store.duckdb.sock');

/** A shop which has much to send by a server which takes `ms` for each message. */
async function slowShop(bench: Bench, count: number, ms: number, campaign: object = {}) {
  const server = await bench.mail(slow(ms));
  const shop = await bench.shop({
    channels: { email: mailChannel(server.url) },
    campaigns: { welcome: oneMessage('email', campaign) },
  });
  await shop.must('apply', '--auto-approve');
  await shop.register(customers(count));
  return { server, shop };
}

/** Waits until the command holds the store; false where it ended without being seen to hold it. */
async function holds(shop: Shop, host: Crm): Promise<boolean> {
  while (host.running && !existsSync(socketOf(shop))) await pause(1);
  return host.running;
}

export const guests: Trial = {
  name: 'guests',
  holds: '`crm tick` starts while another command holds the store, and that ends or is killed: nobody is mailed twice',
  async run(bench: Bench): Promise<Figures> {
    const ends = ['by itself', 'SIGKILL', 'SIGINT'] as const;
    const all = [['plan'], ['apply', '--auto-approve'], ['status']].flatMap((words) =>
      ends.map((end) => ({ words, end })),
    );
    const pairs = bench.long ? all : all.slice(0, 1);
    const messages = bench.long ? 600 : 300;
    let met = 0;
    for (const { words, end } of pairs) {
      const { shop, server } = await slowShop(bench, messages, 120, { category: 'transactional' });
      const host = shop.start(...words);
      if (await holds(shop, host)) {
        met++;
        // So that it certainly holds the store when the other starts.
        host.signal('SIGSTOP');
      }
      const guest = shop.start('tick');
      await pause(1500);
      host.signal('SIGCONT');
      if (end !== 'by itself') {
        await until('the guest sends, or one ends', () => {
          return server.arrivals.length > 5 || !guest.running || !host.running;
        });
        host.signal(end);
      }
      await host.ended;
      await guest.ended;
      await settle(shop, server, { messages, most: 0 });
    }
    return { pairs: pairs.length, 'hosts met': met, messages: pairs.length * messages, twice: 0 };
  },
};

export const holder: Trial = {
  name: 'holder',
  holds:
    '`crm run` keeps the store: a second one is refused, garbage does no harm, and where it is stopped nobody waits long',
  async run(bench: Bench): Promise<Figures> {
    const messages = bench.long ? 3000 : 300;
    const { shop, server } = await slowShop(bench, messages, 100);
    const run = shop.start('run');
    await until('it sends', () => server.arrivals.length > 10);
    await refused(shop, [['run'], ['tick']]);
    const texts = await garbage(bench, shop, run);
    await shop.must('status');

    const sent = server.arrivals.length;
    assert.ok(sent < messages, 'it is stopped while it sends');
    run.signal('SIGSTOP');
    const slowest = await refused(shop, [['status'], ['explain', 'c1'], ['tick'], ['run']]);
    run.signal('SIGCONT');
    await until('all are there', () => server.arrivals.length >= messages);
    const { code } = await run.end();
    assert.equal(code, 0, run.err);
    const { inDoubt } = await settle(shop, server, { messages, most: 0 });
    return { messages, twice: 0, 'in doubt': inDoubt, texts, 'longest wait, ms': slowest };
  },
};

/** Checks that every command ends within 25 seconds and names `crm run`. Returns the longest time, milliseconds. */
async function refused(shop: Shop, commands: string[][]): Promise<number> {
  const all = commands.map((words) => shop.start(...words));
  await Promise.race([Promise.all(all.map(({ ended }) => ended)), pause(25_000)]);
  let slowest = 0;
  for (const each of all) {
    const named = `crm ${each.words.join(' ')}`;
    assert.ok(!each.running, `${named} waits without limit`);
    const { code, err, ms } = await each.ended;
    assert.equal(code, 1, `${named} ended with ${code}: ${err}`);
    assert.match(err, /crm run/, `${named} does not name the process that holds the store`);
    slowest = Math.max(slowest, ms);
  }
  return slowest;
}

/** Writes what is no request to the socket. Returns how many texts. */
async function garbage(bench: Bench, shop: Shop, run: Crm): Promise<number> {
  const noise = Buffer.from(Array.from({ length: 4096 }, () => Math.floor(bench.chance() * 256)));
  const texts = [
    ...['hello\n', '{"id":1}\n', '{"id":1,"op":"query"}\n', '{"id":1,"op":"begin","tx":"x"}\n', 'null\n', '[]\n'],
    ...['{"id":1,"op":"load","table":7}\n', '{"id":2,"op":"run","strings":["DROP TABLE x"],"values":[1]}\n', '{'],
    ...['{"id":{},"op":"end","tx":9,"commit":true}\n', noise, Buffer.concat([noise, Buffer.from('\n')])],
  ];
  for (const text of texts) {
    const socket = connect(socketOf(shop));
    socket.on('error', () => {});
    socket.write(text);
    await pause(20);
    socket.destroy();
    assert.ok(run.running, `crm run ended after ${JSON.stringify(String(text).slice(0, 60))}:\n${run.err}`);
  }
  return texts.length;
}
