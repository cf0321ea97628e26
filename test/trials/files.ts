import assert from 'node:assert/strict';
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { slow } from './mail-server.ts';
import { customers, mailChannel, oneMessage, type Shop } from './shop.ts';
import { type Bench, type Figures, type Trial, until } from './trial.ts';
import { storedMessages, storedRows } from './verdict.ts';

/** A second as documented, and what a busy machine may add, milliseconds. */
const second = 1500;

/** Ways in which a shop writes that a customer wants nothing any more. */
const ways: Record<string, (shop: Shop, ids: string[]) => Promise<unknown>> = {
  'appended rows': (shop, ids) =>
    shop.append('consent.csv', ids.map((id) => `${id},email,withdrawn,${now()}\n`).join('')),
  'rows rewritten in place': async (shop, ids) => shop.put('consent.csv', await rewritten(shop, ids)),
  'a file put in place of the other': async (shop, ids) => {
    await shop.put('consent.new', await rewritten(shop, ids));
    await rename(join(shop.root, 'consent.new'), join(shop.root, 'consent.csv'));
  },
};

const now = () => new Date().toISOString();

/** The consent file, with ids, in which rows of these customers say the contrary. */
async function rewritten(shop: Shop, ids: string[]): Promise<string> {
  const gone = new Set(ids);
  const lines = (await readFile(join(shop.root, 'consent.csv'), 'utf8')).split('\n');
  const at = now();
  return lines
    .map((line) => {
      const [id = '', customer = ''] = line.split(',');
      const who = /^\d+$/.test(id) ? customer : id;
      return gone.has(who) ? line.replace(/granted,.*/, `withdrawn,${at}`) : line;
    })
    .join('\n');
}

export const withdrawals: Trial = {
  name: 'withdrawals',
  holds: 'withdrawals under load, appended or written over known ids, are seen within a second',
  async run(bench: Bench): Promise<Figures> {
    const count = bench.long ? 1500 : 300;
    const chosen = bench.long ? Object.entries(ways) : Object.entries(ways).slice(1, 2);
    let refused = 0;
    for (const [name, write] of chosen) {
      const server = await bench.mail(slow(100));
      const shop = await bench.shop({
        channels: { email: mailChannel(server.url) },
        campaigns: { welcome: oneMessage('email') },
      });
      await shop.must('apply', '--auto-approve');
      const ids = customers(count);
      await shop.register(ids);
      const at = now();
      const rows = ids.map((id, i) => `${i + 1},${id},email,granted,${at}\n`).join('');
      await shop.put('consent.csv', `id,customer,channel,status,at\n${rows}`);
      const run = shop.start('run');
      await until('it sends', () => server.arrivals.length > 20);
      const written = server.arrivals.map(({ to }) => to.split('@')[0]);
      const rest = ids.filter((id) => !written.includes(id)).filter((_, i) => i % 2 === 0);
      if (name === 'appended rows')
        await shop.append(
          'consent.csv',
          rest.map((id, i) => `${count + 1 + i},${id},email,withdrawn,${now()}\n`).join(''),
        );
      else await write(shop, rest);
      const since = Date.now();
      await until('the others have theirs', () => server.arrivals.length >= count - rest.length);
      await pause(1500);
      const gone = new Set(rest);
      const late = server.arrivals.filter(({ to, at }) => at > since + second && gone.has(to.split('@')[0] ?? ''));
      assert.equal(late.length, 0, `${name}: ${late.length} messages later than a second after the withdrawal`);
      await run.end();
      const stored = await storedMessages(shop.root);
      refused += stored.filter(({ reason }) => reason === 'no-consent').length;
      assert.ok(refused > 0, 'somebody was refused');
    }
    return { ways: chosen.length, refused, late: 0 };
  },
};

export const halfLines: Trial = {
  name: 'half-lines',
  holds: 'the half line at the end of a file waits for its end, whatever it would mean',
  async run(bench: Bench): Promise<Figures> {
    const server = await bench.mail();
    const shop = await bench.shop({
      channels: { email: mailChannel(server.url) },
      campaigns: { welcome: oneMessage('email', { exit: { event: 'bought' } }) },
    });
    const rows = bench.long ? 500 : 60;
    await shop.must('apply', '--auto-approve');
    const run = shop.start('run');
    await run.says(/"msg":"tick"/);
    const at = now();
    await shop.append('bought.csv', `c0,${at},book,100`);
    await pause(2500);
    await shop.append('bought.csv', '0.00\n');
    let expected = 1000;
    for (let i = 1; i < rows; i++) {
      const total = Math.floor(bench.chance() * 100_000) + 10;
      expected += total;
      const line = `c${i},${at},"a, ""book""",${total}.00\n`;
      const cut = Math.floor(bench.chance() * line.length);
      await shop.append('bought.csv', line.slice(0, cut));
      await pause(bench.chance() * 50);
      await shop.append('bought.csv', line.slice(cut));
    }
    await pause(2500);
    await run.end();
    const [found] = await storedRows(
      shop.root,
      'SELECT count(*)::INTEGER AS rows, sum(total)::DOUBLE AS total FROM event_bought',
    );
    assert.deepEqual({ ...found }, { rows, total: expected });
    return { rows, total: expected };
  },
};
