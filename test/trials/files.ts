import assert from 'node:assert/strict';
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { slow } from './mail-server.ts';
import { customers, mailChannel, oneMessage, type Shop } from './shop.ts';
import { type Bench, type Figures, type Trial, until } from './trial.ts';
import { hold, reconcile, storedMessages, storedRows } from './verdict.ts';

/** A second as documented, and what a busy machine may add, milliseconds. */
const second = 1500;

const now = () => new Date().toISOString();

/** Consent as a shop exports it: a row with an id for each customer. */
const consent = (customers: string[]) =>
  `id,customer,channel,status,at\n${customers.map((customer, i) => `${i + 1},${customer},email,granted,${now()}\n`).join('')}`;

/** The consent file in which the rows of these customers say the contrary, under the ids that they had. */
async function rewritten(shop: Shop, customers: string[]): Promise<string> {
  const gone = new Set(customers);
  const lines = (await readFile(join(shop.root, 'consent.csv'), 'utf8')).split('\n');
  const contrary = (line: string) => line.replace(/granted,.*/, `withdrawn,${now()}`);
  return lines.map((line) => (gone.has(line.split(',')[1] ?? '') ? contrary(line) : line)).join('\n');
}

/** Ways in which a shop writes that customers want nothing any more. */
const ways: Record<string, (shop: Shop, customers: string[]) => Promise<unknown>> = {
  'rows rewritten in place': async (shop, customers) => shop.put('consent.csv', await rewritten(shop, customers)),
  'a file put in place of the other': async (shop, customers) => {
    await shop.put('consent.new', await rewritten(shop, customers));
    await rename(join(shop.root, 'consent.new'), join(shop.root, 'consent.csv'));
  },
  'rows at the end': (shop, customers) =>
    shop.append('consent.csv', customers.map((id) => `w${id},${id},email,withdrawn,${now()}\n`).join('')),
};

export const withdrawals: Trial = {
  name: 'withdrawals',
  holds: 'withdrawals under load, at the end of the file or over known rows, are seen within a second',
  async run(bench: Bench): Promise<Figures> {
    const count = bench.long ? 1500 : 300;
    const chosen = Object.entries(ways).slice(0, bench.long ? 3 : 1);
    let refused = 0;
    for (const [name, withdraw] of chosen) {
      const server = await bench.mail(slow(100));
      const shop = await bench.shop({
        channels: { email: mailChannel(server.url) },
        campaigns: { welcome: oneMessage('email') },
      });
      await shop.must('apply', '--auto-approve');
      const all = customers(count);
      await shop.register(all);
      await shop.put('consent.csv', consent(all));
      const run = shop.start('run');
      await until('it sends', () => server.arrivals.length > 20);
      const written = new Set(server.arrivals.map(customerOf));
      const gone = new Set(all.filter((id) => !written.has(id)).filter((_, i) => i % 2 === 0));
      await withdraw(shop, [...gone]);
      const since = Date.now();
      await until('the others have theirs', () => server.arrivals.length >= count - gone.size);
      await pause(1500);
      const late = server.arrivals.filter((arrival) => arrival.at > since + second && gone.has(customerOf(arrival)));
      assert.equal(late.length, 0, `${name}: ${late.length} messages later than a second after the withdrawal`);
      await run.end();
      const stored = await storedMessages(shop.root);
      const withdrawn = stored.filter(({ reason }) => reason === 'no-consent').length;
      assert.ok(withdrawn > gone.size / 2, `${name}: ${withdrawn} of ${gone.size} refused for want of consent`);
      refused += withdrawn;
    }
    return { ways: chosen.length, refused, late: 0 };
  },
};

const customerOf = ({ to }: { to: string }) => to.split('@')[0] ?? '';

export const halfLines: Trial = {
  name: 'half-lines',
  holds: 'a half line at the end of a file that has just been written waits for its end, whatever it would mean',
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
    await pause(1200);
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

export const unreadable: Trial = {
  name: 'unreadable',
  holds:
    'while the consent file cannot be read no marketing leaves, and the log says so; then everybody gets theirs, once',
  async run(bench: Bench): Promise<Figures> {
    const server = await bench.mail();
    const shop = await bench.shop({
      channels: { email: mailChannel(server.url) },
      campaigns: { welcome: oneMessage('email') },
    });
    const count = bench.long ? 1000 : 40;
    const all = customers(count);
    await shop.must('apply', '--auto-approve');
    const run = shop.start('run');
    await run.says(/"msg":"tick"/);
    await shop.register(all.slice(0, count / 2));
    const readable = consent(all);
    await shop.put('consent.csv', readable);
    await until('the first half has theirs', () => server.arrivals.length >= count / 2);
    const before = run.out.length;
    await shop.put('consent.csv', readable.replace('customer', 'who'));
    await until('the log names the file', () => /"warn".*consent\.csv/.test(run.out.slice(before)), 10_000);
    const rest = all.slice(count / 2);
    await shop.append('customers.csv', rest.map((id) => `${id},Customer,${id}@example.com\n`).join(''));
    await shop.append('registered.csv', rest.map((id) => `${id},${now()}\n`).join(''));
    await pause(4000);
    const sent = server.arrivals.length - count / 2;
    assert.equal(sent, 0, `${sent} messages left while nobody knew who may be written to`);
    await shop.put('consent.csv', readable);
    await until('the second half has theirs', () => server.arrivals.length >= count, 20_000);
    await run.end();
    hold(reconcile(server.arrivals, await storedMessages(shop.root)), { messages: count, most: 0 });
    return { messages: count, twice: 0 };
  },
};
