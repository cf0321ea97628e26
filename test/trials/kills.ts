import { setTimeout as pause } from 'node:timers/promises';
import type { Reaction } from './mail-server.ts';
import type { Crm } from './process.ts';
import { customers, mailChannel, oneMessage } from './shop.ts';
import { type Bench, type Figures, type Trial, until } from './trial.ts';
import { hold, reconcile, storedMessages } from './verdict.ts';

const connections = 5;

export const kills: Trial = {
  name: 'kills',
  holds: '`crm run` killed at random moments: no message twice, none lost, in doubt at most one a connection and kill',
  async run(bench: Bench): Promise<Figures> {
    const [times, messages] = bench.long ? [500, 5000] : [10, 300];
    let arrived = (_taken: number) => {};
    const server = await bench.mail(async (stage): Promise<Reaction> => {
      if (stage !== 'message') return 'accept';
      arrived(server.arrivals.length);
      await pause(bench.chance() * 30);
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
    for (let life = 0; life < times; life++) {
      await register(Math.ceil((messages / times) * 2 * bench.chance()));
      const crm = shop.start('run');
      // Of all moments the worst is the one between the server's yes and its record.
      if (bench.chance() < 0.5 && server.arrivals.length < registered) {
        const nth = server.arrivals.length + 1 + Math.floor((bench.chance() * messages) / times);
        await moment(crm, nth, (wake) => {
          arrived = wake;
        });
        await pause(bench.chance() * 20);
      } else await pause(bench.chance() * 4000);
      await crm.end('SIGKILL');
    }
    await register(messages);
    const last = shop.start('run');
    await until('all messages sent', async () => {
      const { sent = 0, unknown = 0 } = await shop.outbox();
      return sent + unknown === messages;
    });
    await last.end();
    const found = reconcile(server.arrivals, await storedMessages(shop.root));
    hold(found, { messages, most: connections * times });
    return { kills: times, messages, ...counted(found) };
  },
};

/** Resolves when so many messages have arrived, after 5 seconds, or when the process is gone. */
async function moment(crm: Crm, nth: number, listen: (arrived: (count: number) => void) => void): Promise<void> {
  let wake = () => {};
  const reached = new Promise<void>((resolve) => {
    wake = resolve;
  });
  listen((count) => {
    if (count >= nth) wake();
  });
  await Promise.race([reached, pause(5000), crm.ended]);
  listen(() => {});
}

function counted({ sent, inDoubt, twice, lost }: ReturnType<typeof reconcile>): Record<string, number> {
  return { sent, 'in doubt': inDoubt, twice: twice.length, lost: lost.length };
}
