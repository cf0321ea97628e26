import type { Readable } from 'node:stream';
import nodemailer, { type NodemailerError } from 'nodemailer';
import { t } from '../../../spec/words/t.ts';
import { type Carrier, ChannelError, LATE } from './carrier.ts';
import { mailOptions } from './mime.ts';
import { answer, outcomeOf } from './smtp-outcome.ts';

const defaultConnections = 5;

/** Milliseconds. Together they stay below the lease of a worker. */
const limits = {
  dnsTimeout: 10_000,
  /** To open a connection, with TLS and name look-up. */
  connectionTimeout: 20_000,
  greetingTimeout: 20_000,
  /** Without a byte from the server. */
  socketTimeout: 60_000,
  socketCloseTimeout: 500,
};
/** The most time that a message may take from `send` to its outcome, milliseconds. */
const longest = 120_000;

export interface SmtpOptions {
  /** The most time that a message may take, milliseconds; default 2 minutes. */
  longestMs?: number;
}

/**
 * Sends e-mail by SMTP over a pool of connections. `url`: `smtp://user:password@host:port` or `smtps://…`; options of
 * nodemailer may follow as a query (`?maxConnections=10&requireTLS=true&tls.servername=…`).
 */
export function openSmtp(channel: string, url: string, { longestMs = longest }: SmtpOptions = {}): Carrier {
  const connections = connectionsOf(channel, url);
  const pool = nodemailer.createTransport({
    url,
    pool: true,
    ...limits,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const bodies = new Map<string, Readable>();
  // Keeps each message's latest body: once it is read to its end, the server may have the whole message.
  pool.use('stream', (message, done) => {
    message.message.processFunc((input) => {
      bodies.set(String(message.data.messageId), input);
      return input;
    });
    done();
  });
  return {
    concurrency: connections,
    async send(outgoing, cut) {
      const options = mailOptions(outgoing);
      const id = String(options.messageId);
      const over = new AbortController();
      const stop = () => over.abort();
      const timer = setTimeout(stop, longestMs);
      cut?.addEventListener('abort', stop);
      if (cut?.aborted) stop();
      try {
        const { response } = await pool.sendMail({ ...options, signal: over.signal });
        const detail = answer(response);
        return detail === undefined ? { status: 'sent' } : { status: 'sent', detail };
      } catch (error) {
        const outcome = outcomeOf(error as NodemailerError, bodies.get(id)?.readableEnded ?? false);
        const ours = over.signal.aborted && (error as NodemailerError).responseCode === undefined;
        if (ours && cut?.aborted) return { status: 'cut', inDoubt: outcome.status === 'unknown' };
        return ours ? { ...outcome, detail: LATE } : outcome;
      } finally {
        clearTimeout(timer);
        cut?.removeEventListener('abort', stop);
        bodies.delete(id);
      }
    },
    async close() {
      pool.close({ force: true });
    },
  };
}

function connectionsOf(channel: string, text: string): number {
  const url = URL.parse(text);
  if (!url || !/^smtps?:$/.test(url.protocol) || !url.hostname)
    throw new ChannelError(
      t`channel "${channel}": its SMTP URL is not one; write smtp://user:password@host:port (smtps: for TLS from the start)`,
    );
  const given = url.searchParams.get('maxConnections');
  if (given === null) return defaultConnections;
  const connections = Number(given);
  if (!Number.isInteger(connections) || connections < 1 || connections > 1000)
    throw new ChannelError(t`channel "${channel}": maxConnections must be a whole number from 1 to 1000`);
  return connections;
}
