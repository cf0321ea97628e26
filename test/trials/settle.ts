import { setTimeout as pause } from 'node:timers/promises';
import type { MailServer } from './mail-server.ts';
import type { Shop } from './shop.ts';
import { until } from './trial.ts';
import { hold, type Reconciled, reconcile, storedMessages } from './verdict.ts';

/** Sends the rest by `crm run`, ends it, and compares the log with the store. `most`: messages in doubt. */
export async function settle(
  shop: Shop,
  server: MailServer,
  { messages, most }: { messages: number; most: number },
): Promise<Reconciled> {
  const run = shop.start('run');
  await run.says(/"msg":"tick"/);
  await until('all messages are sent', async () => {
    await quiet(server);
    const { sent = 0, unknown = 0 } = await shop.outbox();
    return sent + unknown === messages;
  });
  await run.end();
  const found = reconcile(server.arrivals, await storedMessages(shop.root));
  hold(found, { messages, most });
  return found;
}

/** Waits until nothing has arrived for a while. To ask the store costs more than to look at the log. */
async function quiet({ arrivals }: MailServer): Promise<void> {
  for (let before = -1; before < arrivals.length; await pause(500)) before = arrivals.length;
}
