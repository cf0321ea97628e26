import { setTimeout as pause } from 'node:timers/promises';
import type { Reaction } from './mail-server.ts';
import type { Crm } from './process.ts';
import { settle } from './settle.ts';
import { customers, mailChannel, oneMessage } from './shop.ts';
import type { Bench, Figures, Trial } from './trial.ts';

const connections = 5;

export const kills: Trial = {
  name: 'kills',
  holds:
    '`crm run` and `crm tick` killed at random moments: no message twice, none lost, in doubt at most one a connection and kill',
  async run(bench: Bench): Promise<Figures> {
    const [times, messages] = bench.long ? [500, 5000] : [10, 300];
    let arrived = (_taken: number) => {};
    const server = await bench.mail(async (stage): Promise<Reaction> => {
      if (stage !== 'message') return 'accept';
      arrived(server.arrivals.length);
      await pause(bench.chance() * 200);
      return 'accept';
    });
    const shop = await bench.shop({
      channels: { email: mailChannel(server.url) },
      campaigns: { welcome: oneMessage('email') },
    });
    await shop.must('apply', '--auto-approve');

    let registered = 0;
    const register = async (count: number) => {
      const ids = customers(Math.min(count, messages - registered), registered);
      registered += ids.length;
      if (ids.length > 0) await shop.register(ids);
    };
    await register(messages / 2);
    for (let life = 0; life < times; life++) {
      await register(Math.ceil((messages / times) * bench.chance()));
      const crm = shop.start(bench.chance() < 0.2 ? 'tick' : 'run');
      const kind = bench.chance();
      if (kind < 0.2) await pause(bench.chance() * 2000);
      else if (kind < 0.5) {
        await Promise.race([crm.says(/"msg":"running"/).catch(() => {}), pause(5000)]);
        await pause(bench.chance() * 600);
      } else {
        // The worst of all moments is the one between the server's yes and its record.
        const nth = server.arrivals.length + 1 + Math.floor(bench.chance() * 15);
        await moment(crm, nth, (wake) => {
          arrived = wake;
        });
        await pause(bench.chance() * 220);
      }
      await crm.end('SIGKILL');
    }
    await register(messages);
    const found = await settle(shop, server, { messages, most: connections * times });
    return { kills: times, messages, sent: found.sent, 'in doubt': found.inDoubt, twice: 0, lost: 0 };
  },
};

/** Resolves when so many messages have arrived, the process is gone, or 4 seconds are over. */
async function moment(crm: Crm, nth: number, listen: (arrived: (count: number) => void) => void): Promise<void> {
  let wake = () => {};
  const reached = new Promise<void>((resolve) => {
    wake = resolve;
  });
  listen((count) => {
    if (count >= nth) wake();
  });
  await Promise.race([reached, pause(4000), crm.ended]);
  listen(() => {});
}
