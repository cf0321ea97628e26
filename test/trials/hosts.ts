import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { slow } from './mail-server.ts';
import type { Crm } from './process.ts';
import { customers, mailChannel, oneMessage, type Shop } from './shop.ts';
import { type Bench, type Figures, type Trial, until } from './trial.ts';
import { hold, reconcile, storedMessages } from './verdict.ts';

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

/** Sends the rest by `crm run`, and checks the logs. */
async function settle(shop: Shop, server: Awaited<ReturnType<typeof slowShop>>['server'], messages: number, most = 0) {
  const last = shop.start('run');
  await until('all messages sent', async () => {
    const { sent = 0, unknown = 0 } = await shop.outbox();
    return sent + unknown === messages;
  });
  await last.end();
  const found = reconcile(server.arrivals, await storedMessages(shop.root));
  hold(found, { messages, most });
  return found;
}

/** The command holds the store; false where it ended without being seen to hold it. */
async function holds(shop: Shop, host: Crm): Promise<boolean> {
  while (host.running && !existsSync(socketOf(shop))) await pause(1);
  return host.running;
}

export const guests: Trial = {
  name: 'guests',
  holds:
    '`crm tick` which starts while another command holds the store, and that ends or is killed: nobody mailed twice',
  async run(bench: Bench): Promise<Figures> {
    const hosts = [['plan'], ['apply', '--auto-approve'], ['status']];
    const ends = ['by itself', 'SIGKILL', 'SIGINT'] as const;
    const all = hosts.flatMap((words) => ends.map((end) => [words, end] as const));
    const [messages, pairs] = bench.long ? [600, all] : ([300, [[['plan'], 'by itself']]] as const);
    let [met, arrived] = [0, 0];
    for (const [words, end] of pairs) {
      const { shop, server } = await slowShop(bench, messages, 130, { category: 'transactional' });
      const host = shop.start(...words);
      if (await holds(shop, host)) {
        met++;
        host.signal('SIGSTOP');
      }
      const guest = shop.start('tick');
      await pause(2000);
      host.signal('SIGCONT');
      if (end !== 'by itself') {
        await until('the guest sends or ends', () => server.arrivals.length > 5 || !guest.running || !host.running);
        host.signal(end);
      }
      await host.ended;
      await guest.ended;
      const found = await settle(shop, server, messages);
      arrived += found.arrived;
    }
    return { pairs: pairs.length, 'hosts met': met, arrived, twice: 0 };
  },
};

export const twoRuns: Trial = {
  name: 'two-runs',
  holds: 'a second `crm run` and a `crm tick` are refused, and name the first; nobody is mailed twice',
  async run(bench: Bench): Promise<Figures> {
    const messages = bench.long ? 1000 : 150;
    const { shop, server } = await slowShop(bench, messages, 40);
    const first = shop.start('run');
    await until('the first sends', () => server.arrivals.length > 10);
    const others = await Promise.all([shop.run('run'), shop.run('tick')]);
    for (const other of others) {
      assert.equal(other.code, 1, other.err);
      assert.match(other.err, /crm run/);
    }
    assert.ok(first.running);
    await until('all are there', () => server.arrivals.length >= messages);
    await first.end();
    await settle(shop, server, messages);
    return { messages, twice: 0 };
  },
};

export const stopped: Trial = {
  name: 'stopped-holder',
  holds:
    'while the process that holds the store is stopped, others end within 15 seconds and name it; afterwards it goes on',
  async run(bench: Bench): Promise<Figures> {
    const messages = bench.long ? 1000 : 150;
    const { shop, server } = await slowShop(bench, messages, 40);
    const holder = shop.start('run');
    await until('it sends', () => server.arrivals.length > 10);
    holder.signal('SIGSTOP');
    const others = [['status'], ['explain', 'c1'], ['tick'], ['plan'], ['run']].map((words) => shop.start(...words));
    await Promise.race([Promise.all(others.map(({ ended }) => ended)), pause(25_000)]);
    for (const other of others) {
      assert.ok(!other.running, `crm ${other.words.join(' ')} waits without limit for a process that is stopped`);
      const { code, err } = await other.ended;
      assert.equal(code, 1, err);
      assert.match(err, /crm run/, `crm ${other.words.join(' ')} does not name the process that it waited for`);
    }
    const slowest = Math.max(...(await Promise.all(others.map(({ ended }) => ended))).map(({ ms }) => ms));
    holder.signal('SIGCONT');
    await until('all are there', () => server.arrivals.length >= messages);
    await holder.end();
    const found = await settle(shop, server, messages);
    return { messages, twice: 0, 'in doubt': found.inDoubt, 'slowest, s': Math.round(slowest / 1000) };
  },
};

export const garbage: Trial = {
  name: 'garbage',
  holds: 'whatever is written to the socket of the store, `crm run` goes on',
  async run(bench: Bench): Promise<Figures> {
    const messages = bench.long ? 1000 : 100;
    const { shop, server } = await slowShop(bench, messages, 40);
    const holder = shop.start('run');
    await until('it sends', () => server.arrivals.length > 10);
    const noise = Buffer.from(Array.from({ length: 4096 }, () => Math.floor(bench.chance() * 256)));
    const texts = [
      ...['hello\n', '{"id":1}\n', '{"id":1,"op":"query"}\n', '{"id":1,"op":"begin","tx":"x"}\n', 'null\n', '[]\n'],
      ...['{"id":1,"op":"load","table":7}\n', '{"id":2,"op":"run","strings":["DROP TABLE x"],"values":[1]}\n', '{'],
      ...['{"id":{},"op":"end","tx":9,"commit":true}\n', noise, Buffer.concat([noise, Buffer.from('\n')])],
    ];
    for (const text of texts) {
      await write(socketOf(shop), text);
      assert.ok(holder.running, `crm run ended after ${JSON.stringify(String(text).slice(0, 60))}:\n${holder.err}`);
    }
    assert.equal((await shop.run('status')).code, 0);
    await until('all are there', () => server.arrivals.length >= messages);
    assert.equal((await holder.end()).code, 0);
    await settle(shop, server, messages);
    return { texts: texts.length, messages, twice: 0 };
  },
};

/** Writes to the socket, and leaves it open for a moment. */
async function write(address: string, text: string | Buffer): Promise<void> {
  const socket = connect(address);
  socket.on('error', () => {});
  socket.write(text);
  await pause(30);
  socket.destroy();
}
