import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { slow } from './mail-server.ts';
import { settle } from './settle.ts';
import { customers, mailChannel, oneMessage } from './shop.ts';
import { type Bench, type Figures, type Trial, until } from './trial.ts';
import { hold, reconcile, storedMessages } from './verdict.ts';

const connections = 5;

export const fullDisk: Trial = {
  name: 'full-disk',
  holds: 'a disk that fills up while `crm run` sends: it ends with a sentence, and nobody is mailed twice or lost',
  async run(bench: Bench): Promise<Figures> {
    const folder = await bench.folder();
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'trial', folder]).status !== 0)
      return { skipped: 'this user may not mount a file system' };
    bench.atEnd(async () => spawnSync('umount', [folder]));
    const messages = bench.long ? 3000 : 400;
    const server = await bench.mail(slow(40));
    const parts = { channels: { email: mailChannel(server.url) }, campaigns: { welcome: oneMessage('email') } };
    const shop = await bench.shop(parts, folder);
    await shop.must('apply', '--auto-approve');
    await shop.register(customers(messages));
    const run = shop.start('run');
    await until('it sends', () => server.arrivals.length > 50);
    const ballast = join(folder, 'ballast');
    await writeFile(ballast, Buffer.alloc(64 * 2 ** 20)).catch(() => {});
    const full = await Promise.race([run.ended, pause(30_000)]);
    assert.ok(full, 'it goes on with a full disk');
    assert.equal(full.code, 1, full.err);
    assert.match(full.err, /disk|space/i);
    await rm(ballast);
    const found = await settle(shop, server, { messages, most: connections });
    return { messages, twice: 0, 'in doubt': found.inDoubt };
  },
};

const faketime = [
  process.env.LIBFAKETIME,
  '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1',
  '/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1',
  '/usr/lib/faketime/libfaketime.so.1',
];

export const clockAhead: Trial = {
  name: 'clock-ahead',
  holds: 'a clock that was a year ahead for a moment: `crm run` names it and goes on, nobody is mailed twice',
  async run(bench: Bench): Promise<Figures> {
    const library = faketime.find((path) => path !== undefined && existsSync(path));
    if (!library) return { skipped: 'libfaketime is not installed' };
    const messages = bench.long ? 500 : 40;
    const server = await bench.mail();
    const parts = { channels: { email: mailChannel(server.url) }, campaigns: { welcome: oneMessage('email') } };
    const shop = await bench.shop(parts);
    await shop.must('apply', '--auto-approve');
    await shop.register(customers(messages / 2));
    const ahead = shop.startWith(
      { LD_PRELOAD: library, FAKETIME: '+365d', FAKETIME_DONT_FAKE_MONOTONIC: '1' },
      ...['run'],
    );
    await ahead.says(/"msg":"tick"/);
    await ahead.end();
    const run = shop.start('run');
    await run.says(/the last tick lay after the clock/, 20_000);
    await run.says(/"msg":"tick"/, 20_000);
    await shop.register(customers(messages / 2, messages / 2));
    await until('those who come now have theirs', () => server.arrivals.length >= messages, 15_000);
    await run.end();
    const found = reconcile(server.arrivals, await storedMessages(shop.root));
    hold(found, { messages, most: 0 });
    return { messages, twice: 0 };
  },
};
