import type { ChannelKind } from '../../../spec/model/channel-kinds.ts';
import { t } from '../../../spec/words/t.ts';
import { type Carrier, ChannelError, type Cut, type Outcome, type Outgoing } from './carrier.ts';
import { formats } from './formats.ts';
import { outcomeOfError, outcomeOfStatus } from './http-outcome.ts';

export interface HttpOptions {
  /** The most time that an answer may take, milliseconds; default 10 seconds. */
  timeoutMs?: number;
}

/** The most bytes of an answer's body that are read to keep the connection; a longer one closes it. */
const smallAnswer = 64 * 1024;

/** Sends webhooks and tasks. */
export function openHttp(channel: string, kind: ChannelKind, url: string, options?: HttpOptions): Carrier {
  const { json } = formats[kind];
  return openPost(channel, url, (message) => (json ? JSON.stringify(json(message)) : message.text), options);
}

/**
 * POSTs messages as JSON, which `body` makes. The message's id is sent as `Idempotency-Key`, so that a receiver recognises
 * a message that it gets twice. User and password of `url` become basic authentication. Only the status of an answer
 * counts. A redirect is not followed: it would send the data to a server that the project does not name.
 */
export function openPost(
  channel: string,
  url: string,
  body: (message: Outgoing) => string,
  { timeoutMs = 10_000 }: HttpOptions = {},
): Carrier {
  const { address, headers } = target(channel, url);
  return {
    concurrency: 8,
    send: async (message, cut): Promise<Outcome | Cut> => {
      const timeout = AbortSignal.timeout(timeoutMs);
      try {
        const response = await fetch(address, {
          method: 'POST',
          headers: { ...headers, 'Idempotency-Key': message.id },
          body: body(message),
          redirect: 'manual',
          signal: cut ? AbortSignal.any([timeout, cut]) : timeout,
        });
        await drain(response);
        return outcomeOfStatus(response.status, response.headers);
      } catch (error) {
        return outcomeOfError(error, cut?.aborted);
      }
    },
    close: async () => {},
  };
}

function target(channel: string, text: string): { address: string; headers: Record<string, string> } {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol))
    throw new ChannelError(t`channel "${channel}": its URL is not one; write https://host/path`);
  const headers: Record<string, string> = { 'Content-Type': 'application/json' };
  if (url.username || url.password) {
    const credentials = `${decoded(url.username)}:${decoded(url.password)}`;
    headers.Authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
    url.username = '';
    url.password = '';
  }
  return { address: url.href, headers };
}

/** Decodes percent-encoding; a `%` that encodes nothing is kept. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Reads the rest of an answer, so that its connection can be used again. An error there changes nothing. */
async function drain({ body }: Response): Promise<void> {
  if (!body) return;
  let read = 0;
  try {
    for await (const chunk of body) {
      read += chunk.length;
      if (read > smallAnswer) break;
    }
  } catch {
    // The connection is closed; the answer's status is known.
  }
}
