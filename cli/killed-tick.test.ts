import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { slow } from '../test/trials/mail-server.ts';
import { customers, mailChannel, oneMessage } from '../test/trials/shop.ts';
import { Bench, until } from '../test/trials/trial.ts';
import { reconcile, storedMessages } from '../test/trials/verdict.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

const connections = 5;
const count = 60;
const kills = 5;

let bench: Bench;
beforeEach(() => {
  bench = new Bench(7, false);
});
afterEach(() => bench.close());

it('tick after tick is killed, and the next one sends what it had claimed: no marketing twice, none lost, none left', async () => {
  const server = await bench.mail(slow(20));
  const shop = await bench.shop({
    channels: { email: mailChannel(server.url) },
    campaigns: { receipt: oneMessage('email', { category: 'transactional' }), offer: oneMessage('email') },
  });
  await shop.must('apply', '--auto-approve');
  await shop.register(customers(count));
  // Campaigns begin with the first tick after the apply, one second later.
  await pause(1_000);
  for (let kill = 0; kill < kills; kill++) {
    const next = server.arrivals.length + 15;
    const tick = shop.start('tick');
    await until('it sends', () => server.arrivals.length >= next || !tick.running);
    expect(tick.running, tick.said).toBe(true);
    await tick.end('SIGKILL');
  }
  const said = await shop.must('tick');
  expect(said).toMatch(/An earlier process ended in the middle/);
  expect(said).not.toContain('Nothing was due');

  const stored = await storedMessages(shop.root);
  const found = reconcile(server.arrivals, stored);
  const receipts = new Set(stored.filter(({ campaign }) => campaign === 'receipt').map(({ message }) => message));
  expect(found).toMatchObject({ lost: [], unaccounted: [], open: 0 });
  expect(found.sent + found.inDoubt).toBe(2 * count);
  expect(found.inDoubt).toBeLessThanOrEqual(connections * kills);
  expect(found.twice.filter((message) => !receipts.has(message))).toEqual([]);
  expect(found.twice.length, 'in doubt are only messages on a connection').toBeLessThanOrEqual(connections * kills);
  expect(stored.filter(({ message, status }) => receipts.has(message) && status !== 'sent')).toEqual([]);
});
