import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { type Arrival, type React, type Reaction, type Stage, slow } from './mail-server.ts';
import { customers, mailChannel, oneMessage } from './shop.ts';
import { type Bench, type Figures, type Trial, until } from './trial.ts';
import { reconcile, type Stored, storedMessages } from './verdict.ts';

const connections = 5;
/** Ctrl-C ends within 5 seconds; a busy machine may add some, milliseconds. */
const patience = 8000;
/** The work of one second of a channel alone may take this long on a busy machine, milliseconds. */
const seconds = 20_000;

/** A shop with a campaign on each channel, `fine` and `hooks` among them, whose servers do as they should. */
async function manyWays(bench: Bench, mails: Record<string, React>) {
  const servers: Record<string, { url: string; arrivals: Arrival[] }> = {};
  for (const [name, react] of Object.entries(mails)) servers[name] = await bench.mail(react);
  servers.fine = await bench.mail();
  const mailNames = Object.keys(servers);
  const hooks = { hooks: await bench.hook(), 'hooks-hang': await bench.hook(() => 'hang') };
  const channels: Record<string, object> = {};
  for (const name of mailNames) channels[name] = mailChannel(servers[name]?.url ?? '');
  for (const [name, { url }] of Object.entries(hooks)) channels[name] = { kind: 'webhook', transport: 'http', url };
  const hookCampaign = (name: string) => ({ on: { event: 'registered' }, steps: [{ webhook: { [name]: ['name'] } }] });
  const campaigns = Object.fromEntries([
    ...mailNames.map((name) => [`by-${name}`, oneMessage(name)]),
    ...Object.keys(hooks).map((name) => [`by-${name}`, hookCampaign(name)]),
  ]);
  const shop = await bench.shop({ channels, campaigns });
  await shop.must('apply', '--auto-approve');
  return { shop, mailNames, servers: { ...servers, ...hooks } as Record<string, { arrivals: Arrival[] }> };
}

const at =
  (stage: Stage, reaction: Reaction) =>
  (where: Stage): Reaction =>
    where === stage ? reaction : 'accept';

export const hanging: Trial = {
  name: 'hanging',
  holds: 'servers that hang at every stage: other channels go on within seconds, Ctrl-C ends within 5 seconds',
  async run(bench: Bench): Promise<Figures> {
    const stages: Stage[] = ['greeting', 'ehlo', 'mail', 'rcpt', 'data', 'message'];
    const mails = {
      ...Object.fromEntries(stages.map((stage) => [`hang-${stage}`, at(stage, 'hang')])),
      'drip-greeting': at('greeting', 'drip'),
      'drip-message': at('message', 'drip'),
    };
    const { shop, mailNames, servers } = await manyWays(bench, mails);
    const run = shop.start('run');
    await run.says(/"msg":"tick"/);
    const waves = bench.long ? 10 : 2;
    const each = bench.long ? 100 : 20;
    let slowest = 0;
    for (let wave = 0; wave < waves; wave++) {
      const began = Date.now();
      await shop.register(customers(each, wave * each), mailNames);
      for (const name of ['fine', 'hooks'])
        await until(
          `wave ${wave + 1} on the channel ${name}`,
          () => (servers[name]?.arrivals.length ?? 0) >= (wave + 1) * each,
          seconds,
        );
      slowest = Math.max(slowest, Date.now() - began);
    }
    const { code, ms } = await run.end('SIGINT');
    assert.equal(code, 0, run.err);
    assert.ok(ms < patience, `Ctrl-C took ${ms} ms`);
    const stored = await storedMessages(shop.root);
    const found = reconcile(
      Object.values(servers).flatMap((server) => server.arrivals),
      stored.filter((row) => !row.channel.startsWith('hooks')),
    );
    assert.deepEqual([found.twice, found.lost], [[], []]);
    assert.equal(count(stored, 'fine', 'sent'), waves * each);
    assert.equal(count(stored, 'hooks', 'sent'), waves * each);
    for (const name of mailNames)
      assert.ok(count(stored, name, 'unknown') <= connections, `${name}: more in doubt than connections`);
    assert.equal(count(stored, 'hang-data', 'unknown'), 0, 'nothing is in doubt before the message has begun');
    return { channels: mailNames.length + 2, waves, 'slowest wave, ms': slowest, 'Ctrl-C, ms': ms };
  },
};

export const failing: Trial = {
  name: 'failing',
  holds: 'servers that refuse and drop: five in doubt in a row stop a channel, an account at fault writes nobody off',
  async run(bench: Bench): Promise<Figures> {
    const { shop, mailNames, servers } = await manyWays(bench, {
      'drop-message': at('message', 'drop'),
      'drop-greeting': at('greeting', 'drop'),
      'no-mailbox': at('rcpt', '550 5.1.1 User unknown'),
      'bad-account': at('message', '550 5.7.26 Sender is not authenticated'),
      'bad-policy': at('message', '550 5.7.1 Rejected by policy'),
      'not-now': at('rcpt', '451 4.7.1 Greylisted'),
      closing: at('greeting', '421 4.3.2 Closing'),
      slow: slow(300),
    });
    const run = shop.start('run');
    await run.says(/"msg":"tick"/);
    const each = bench.long ? 300 : 40;
    await shop.register(customers(each), mailNames);
    for (const name of ['fine', 'hooks', 'slow'])
      await until(`the channel ${name}`, () => (servers[name]?.arrivals.length ?? 0) >= each, seconds + each * 100);
    await until('the unknown mailboxes', () => /bounced/.test(run.out) || !run.running, seconds).catch(() => {});
    await pause(2000);
    const { ms } = await run.end('SIGINT');

    const stored = await storedMessages(shop.root);
    const inDoubt = count(stored, 'drop-message', 'unknown');
    assert.ok(inDoubt >= 1 && inDoubt <= 5 + connections, `${inDoubt} in doubt where the server drops`);
    assert.equal(count(stored, 'drop-message', 'decided') + inDoubt, each, 'the rest waits');
    assert.match(run.out, /"channel":"drop-message"/, 'the log names the channel that stopped');
    assert.equal(count(stored, 'no-mailbox', 'failed', 'bounced'), each);
    for (const name of ['drop-greeting', 'bad-account', 'not-now', 'closing'])
      assert.deepEqual(statuses(stored, name), { decided: each }, `${name}: everything waits, nobody is written off`);
    for (const name of ['fine', 'slow', 'hooks']) assert.equal(count(stored, name, 'sent'), each, name);
    for (const name of ['bad-account', 'bad-policy']) {
      const tries = servers[name]?.arrivals.length ?? 0;
      assert.ok(tries <= 5 + 2 * connections, `${name}: ${tries} tries where every message is refused`);
    }
    assert.equal(count(stored, 'bad-policy', 'failed', 'bounced'), 0, 'a policy is not about the mailbox');
    assert.ok(ms < patience, `Ctrl-C took ${ms} ms`);
    return { channels: mailNames.length + 2, 'in doubt': inDoubt, 'Ctrl-C, ms': ms };
  },
};

function statuses(stored: Stored[], channel: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const row of stored) if (row.channel === channel) counts[row.status] = (counts[row.status] ?? 0) + 1;
  return counts;
}

function count(stored: Stored[], channel: string, status: string, reason?: string): number {
  return stored.filter(
    (row) => row.channel === channel && row.status === status && (reason === undefined || row.reason === reason),
  ).length;
}
