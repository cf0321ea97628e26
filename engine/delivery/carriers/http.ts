import type { ChannelKind } from '../../../spec/model/channel-kinds.ts';
import { t } from '../../../spec/words/t.ts';
import { type Carrier, ChannelError, type Cut, type Outcome } from './carrier.ts';
import { formats } from './formats.ts';
import { answered, unanswered } from './http-outcome.ts';

export interface HttpOptions {
  /** The time that an answer may take, milliseconds; default 10 seconds. */
  timeoutMs?: number;
}

/** So much of an answer is passed over to keep its connection; of a longer one the connection is given up. Bytes. */
const smallAnswer = 64 * 1024;

/**
 * POSTs webhooks and tasks as JSON. The message's id goes along as `Idempotency-Key`: whoever gets a message again can
 * tell. User and password of `url` become basic authentication. Of an answer only its status counts, and a redirect is
 * not followed: it would lead the data where nobody has said that it may go.
 */
export function openHttp(channel: string, kind: ChannelKind, url: string, { timeoutMs = 10_000 }: HttpOptions = {}) {
  const { address, headers } = target(channel, url);
  const { json } = formats[kind];
  const carrier: Carrier = {
    concurrency: 8,
    send: async (message, cut): Promise<Outcome | Cut> => {
      const timeout = AbortSignal.timeout(timeoutMs);
      try {
        const response = await fetch(address, {
          method: 'POST',
          headers: { ...headers, 'Idempotency-Key': message.id },
          body: json ? JSON.stringify(json(message)) : message.text,
          redirect: 'manual',
          signal: cut ? AbortSignal.any([timeout, cut]) : timeout,
        });
        await passOver(response);
        return answered(response.status, response.headers);
      } catch (error) {
        return unanswered(error, cut?.aborted);
      }
    },
    close: async () => {},
  };
  return carrier;
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

/** A `%` that encodes nothing stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The answer has come already: whatever befalls the rest of it changes nothing. */
async function passOver({ body }: Response): Promise<void> {
  if (!body) return;
  let read = 0;
  try {
    for await (const chunk of body) {
      read += chunk.length;
      if (read > smallAnswer) break;
    }
  } catch {
    // The connection is lost with it.
  }
}
