import { setTimeout as pause } from 'node:timers/promises';
import type { MailServer } from './mail-server.ts';
import type { Shop } from './shop.ts';
import { hold, type Reconciled, reconcile, storedMessages } from './verdict.ts';

/** Sends the rest by `crm run`, ends it, and compares the log with the store. `most`: messages in doubt. */
export async function settle(
  shop: Shop,
  server: MailServer,
  { messages, most }: { messages: number; most: number },
): Promise<Reconciled> {
  const run = shop.start('run');
  await run.says(/"msg":"tick"/);
  for (let looks = 1; ; looks++) {
    await quiet(server);
    const outbox = await shop.outbox();
    const { sent = 0, unknown = 0 } = outbox;
    if (sent + unknown === messages) break;
    if (looks === 30) throw new Error(`of ${messages} messages some are not sent: ${JSON.stringify(outbox)}`);
  }
  await run.end();
  const found = reconcile(server.arrivals, await storedMessages(shop.root));
  hold(found, { messages, most });
  return found;
}

/** Waits until nothing has arrived for a while. To ask the store costs more than to look at the log. */
async function quiet({ arrivals }: MailServer): Promise<void> {
  for (let before = -1; before < arrivals.length; await pause(500)) before = arrivals.length;
}
