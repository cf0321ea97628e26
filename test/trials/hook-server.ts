import { setTimeout as pause } from 'node:timers/promises';
import { openHook } from '../hook.ts';
import type { Arrival } from './mail-server.ts';

/** `hang`: no answer; `drop`: the connection is closed; `drip`: a byte of the headers a second; or a status. */
export type HookReaction = 'hang' | 'drop' | 'drip' | number;

export interface HookServer {
  url: string;
  arrivals: Arrival[];
  close(): Promise<void>;
}

/** An HTTP server on loopback which logs every webhook by its key. */
export async function openHookServer(
  react: () => HookReaction | Promise<HookReaction> = () => 200,
): Promise<HookServer> {
  const arrivals: Arrival[] = [];
  const hook = await openHook(async (response, request) => {
    const { customer } = JSON.parse(request.body) as { customer: string };
    const arrival = { id: String(request.headers['idempotency-key']), to: customer, at: Date.now(), taken: true };
    arrivals.push(arrival);
    const reaction = await react();
    if (typeof reaction === 'number') {
      arrival.taken = reaction < 300;
      response.writeHead(reaction).end();
    } else if (reaction === 'drop') response.destroy();
    else if (reaction === 'drip')
      while (!response.destroyed) {
        response.writeProcessing();
        await pause(1000, undefined, { ref: false });
      }
  });
  return { url: hook.url.replace('127.0.0.1', 'localhost'), arrivals, close: hook.close };
}
