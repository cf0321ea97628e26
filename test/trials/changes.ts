import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { slow } from './mail-server.ts';
import { customers, mailChannel, oneMessage } from './shop.ts';
import { type Bench, type Figures, type Trial, until } from './trial.ts';
import { reconcile, storedMessages } from './verdict.ts';

/** Two campaigns on two channels whose servers take their time, with much to send, and `crm run`. */
async function underLoad(bench: Bench, count: number) {
  const [first, second] = [await bench.mail(slow(130)), await bench.mail(slow(130))];
  const channels = { first: mailChannel(first.url), second: mailChannel(second.url) };
  const campaigns = { one: oneMessage('first'), two: oneMessage('second') };
  const shop = await bench.shop({ channels, campaigns });
  await shop.must('apply', '--auto-approve');
  await shop.register(customers(count), ['first', 'second']);
  const run = shop.start('run');
  await until('both send', () => Math.min(first.arrivals.length, second.arrivals.length) > 20);
  const late = (since: number) => first.arrivals.filter(({ at }) => at > since).length;
  return { shop, run, first, second, channels, campaigns, late };
}

export const removed: Trial = {
  name: 'removed',
  holds: 'a campaign removed under load: nothing of it leaves from a second after the apply, the others go on',
  async run(bench: Bench): Promise<Figures> {
    const count = bench.long ? 2000 : 300;
    const { shop, run, first, second, channels, campaigns, late } = await underLoad(bench, count);
    await shop.write({ channels, campaigns: { two: campaigns.two } });
    await shop.must('apply', '--auto-approve', '--allow', 'campaign.one');
    const applied = Date.now();
    const gone = second.arrivals.length;
    await pause(3000);
    const after = late(applied + 1000);
    assert.equal(after, 0, `${after} messages of the removed campaign left later than a second after the apply`);
    await until('the other goes on', () => second.arrivals.length > Math.min(gone + 30, count - 1));
    await run.end();
    const stored = (await storedMessages(shop.root)).filter(({ channel }) => channel === 'first');
    const found = reconcile(first.arrivals, stored);
    assert.deepEqual([found.twice, found.lost, found.unaccounted, found.open], [[], [], [], 0]);
    const suppressed = stored.filter(({ status, reason }) => status === 'suppressed' && reason === 'removed').length;
    assert.equal(suppressed + found.sent + found.inDoubt, count);
    return { sent: found.sent, removed: suppressed, 'after the apply': late(applied) };
  },
};

export const pauses: Trial = {
  name: 'pauses',
  holds: '`crm pause` of a campaign, a channel and everything acts within a second, `crm resume` loses nobody',
  async run(bench: Bench): Promise<Figures> {
    const count = bench.long ? 2000 : 200;
    const targets = [['one'], ['--all'], ['--channel', 'first']].slice(0, bench.long ? 3 : 2);
    const { shop, run, first, second, late } = await underLoad(bench, count);
    let slowest = 0;
    for (const what of targets) {
      await shop.must('pause', ...what);
      assert.ok(first.arrivals.length < count, 'there is something to pause');
      const paused = Date.now();
      const gone = second.arrivals.length;
      await pause(2200);
      const after = late(paused + 1500);
      assert.equal(after, 0, `${after} messages left after crm pause ${what.join(' ')}`);
      slowest = Math.max(slowest, ...first.arrivals.map(({ at }) => at - paused));
      if (what[0] !== '--all' && gone < count) assert.ok(second.arrivals.length > gone, 'the other goes on');
      const before = first.arrivals.length;
      await shop.must('resume', ...what);
      await until(`crm resume ${what.join(' ')}`, () => first.arrivals.length > before, 5000);
    }
    await until('all are there', () => first.arrivals.length + second.arrivals.length >= 2 * count);
    await run.end();
    const found = reconcile([...first.arrivals, ...second.arrivals], await storedMessages(shop.root));
    assert.deepEqual([found.twice, found.lost, found.sent], [[], [], 2 * count]);
    return { messages: 2 * count, twice: 0, 'last message after a pause, ms': slowest };
  },
};
