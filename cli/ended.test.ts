import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { MailServer, Reaction, Stage } from '../test/trials/mail-server.ts';
import { customers, mailChannel, oneMessage, type Shop } from '../test/trials/shop.ts';
import { Bench, until } from '../test/trials/trial.ts';
import { storedRows } from '../test/trials/verdict.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

/** The maximum number of messages on connections. */
const connections = 5;

let bench: Bench;
let server: MailServer;
let shop: Shop;
/** At this stage the server answers no more. */
let hangs: Stage | undefined;
let asked: number;
beforeEach(async () => {
  bench = new Bench(1, false);
  asked = 0;
  server = await bench.mail((stage): Reaction => {
    if (stage !== hangs) return 'accept';
    asked++;
    return 'hang';
  });
  shop = await bench.shop({
    channels: { email: mailChannel(server.url) },
    campaigns: {
      receipt: oneMessage('email', { category: 'transactional' }),
      offer: oneMessage('email', { on: { event: 'bought' } }),
    },
  });
  await shop.must('apply', '--auto-approve');
});
afterEach(() => bench.close());

const stored = async (): Promise<string[]> => {
  const rows = await storedRows(
    shop.root,
    `SELECT concat(count(*), ' ', campaign, ' ', status, ' ', reason, ' ', attempts) AS line FROM message
      GROUP BY campaign, status, reason, attempts ORDER BY campaign, status, attempts`,
  );
  return rows.map(({ line }) => String(line));
};

/** Starts `crm run`, or a tick, with a message on every connection, to which the server does not answer. */
async function sending(word: 'run' | 'tick', stage: Stage) {
  hangs = stage;
  const crm = shop.start(word);
  await until('there is a message on every connection', () => asked >= connections);
  return crm;
}

/** Two messages that are marketing and eight that are not. */
async function buy(): Promise<void> {
  await shop.register(customers(8));
  const [at, ids] = [new Date().toISOString(), ['c0', 'c1']];
  await shop.append('bought.csv', ids.map((id) => `${id},${at},tea,1\n`).join(''));
  await pause(1100);
}

const receipts = () => server.arrivals.filter(({ at }) => at > began).length;
let began = 0;
/** The next tick, to a server that answers. */
async function nextTick() {
  hangs = undefined;
  began = Date.now();
  return shop.must('tick');
}

it.each(['run', 'tick'] as const)(
  'Ctrl-C in `crm %s`: what is in doubt is treated as after a crash, what did not begin waits as before',
  async (word) => {
    await buy();
    const crm = await sending(word, 'message');
    // npm passes on what the terminal has sent already: both are one. Two of one kind might be one before they arrive.
    crm.signal('SIGINT');
    const { code, ms, out, err } = await crm.end('SIGTERM');
    expect([code, err.replace(/.*Ending; a second Ctrl-C ends at once\.\n/s, '')]).toEqual([0, '']);
    expect(out + err).toContain('nding; a second Ctrl-C ends at once');
    expect(ms).toBeLessThan(8000);
    expect(await stored()).toEqual(['2 offer decided  0', '3 receipt decided  0', '5 receipt decided no-answer 1']);
    await nextTick();
    expect(receipts()).toBe(10);
    expect(await stored()).toEqual(['2 offer sent  1', '3 receipt sent  1', '5 receipt sent  2']);
  },
);

it('Ctrl-C while marketing is on connections leaves it in doubt, and never sends it again', async () => {
  await shop.register(customers(8));
  hangs = 'message';
  await shop.must('pause', 'receipt');
  const at = new Date().toISOString();
  await shop.append(
    'bought.csv',
    customers(8)
      .map((id) => `${id},${at},tea,1\n`)
      .join(''),
  );
  await pause(1100);
  const crm = await sending('run', 'message');
  expect(await crm.end('SIGTERM')).toMatchObject({ code: 0 });
  const left = ['3 offer decided  0', '5 offer unknown no-answer 1'];
  expect(await stored()).toEqual(left);
  await nextTick();
  expect(receipts()).toBe(3);
});

it('Ctrl-C before a server takes a message: all leave with the next tick as if nothing had been', async () => {
  await buy();
  const crm = await sending('run', 'data');
  expect(await crm.end('SIGINT')).toMatchObject({ code: 0 });
  expect(await stored()).toEqual(['2 offer decided  0', '8 receipt decided  0']);
  await nextTick();
  expect(receipts()).toBe(10);
  expect(await stored()).toEqual(['2 offer sent  1', '8 receipt sent  1']);
});

it('a second Ctrl-C ends at once, as a kill does, and the next tick takes over what was claimed', async () => {
  await buy();
  const crm = await sending('run', 'message');
  crm.signal('SIGINT');
  await pause(1000);
  expect(crm.running).toBe(true);
  const { code, ms } = await crm.end('SIGTERM');
  expect(code, 'ended by the signal').toBe(null);
  expect(ms).toBeLessThan(1000);
  expect(await stored()).toEqual(['2 offer decided  0', '8 receipt decided  0']);
  expect((await nextTick()).replaceAll(/\n +/g, ' ')).toContain(
    'An earlier process ended in the middle: of the messages that it had taken 10 go on, 0 are in doubt and are not sent again.',
  );
  expect(receipts()).toBe(10);
  expect(await stored()).toEqual(['2 offer sent  1', '3 receipt sent  1', '5 receipt sent  2']);
});
