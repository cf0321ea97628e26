import type { Category } from '../../../spec/model/campaign.ts';
import { UserError } from '../../user-error.ts';

/** A rendered message, ready to be sent. */
export interface Outgoing {
  /** The message's id in the store; the same message always goes out under the same id. */
  id: string;
  channel: string;
  /** The recipient's address, number or token; of a webhook or a task, the shop's id of the customer that it is about. */
  to: string;
  /** `Name <address>` for e-mail, a sender's name elsewhere. */
  from?: string;
  /** The subject of an e-mail, the title of a push or a task. */
  subject?: string;
  /** E-mail only. */
  html?: string;
  /** The text, or the JSON of a webhook. */
  text: string;
  /** The whole URL of this message's one-click unsubscribe. */
  unsubscribe?: string;
  category: Category;
  campaign: string;
  /** Epoch milliseconds of the decision: the Date of an e-mail, real or virtual. */
  at: number;
}

/**
 * The outcome of sending a message. `detail` and `reason` hold nothing personal.
 * `failed`: the message must not be tried again; `bounce`: there is no such recipient; `policy`: a rule of the provider
 * forbids it, which may be about the sender.
 * `retry`: the provider certainly did not take the message; `afterMs`: the delay that it asks for.
 * `unknown`: the whole message was sent, but the answer was lost.
 */
export type Outcome =
  | { status: 'sent'; detail?: string }
  | { status: 'failed'; reason: string; detail?: string; bounce?: boolean; policy?: boolean }
  | { status: 'retry'; reason: RetryReason; detail?: string; afterMs?: number }
  | { status: 'unknown'; reason: string; detail?: string };

/** This side closed the connection because its caller aborted it. */
export interface Cut {
  status: 'cut';
  /** The provider may have the message. */
  inDoubt: boolean;
}

/** The detail of a connection that this side closed because it took too long. */
export const LATE = 'no answer in time';

/** `temporary` concerns this message only; the others concern the carrier, and so every other message too. */
export type RetryReason = 'temporary' | 'connection' | 'authentication' | 'account';

/** Sends the messages of one channel. An answer of the provider, whatever it is, gives an Outcome and no exception. */
export interface Carrier {
  /** The most calls of `send` that may run at once. */
  readonly concurrency: number;
  /** `cut` aborts the sending. */
  send(message: Outgoing, cut?: AbortSignal): Promise<Outcome | Cut>;
  /** To be called when no `send` runs. */
  close(): Promise<void>;
}

/** The channel cannot be used as it is configured. The message names the change that is needed, and holds no secret. */
export class ChannelError extends UserError {
  override name = 'ChannelError';

  constructor(message: string, help?: string) {
    super('channel-unusable', message, help);
  }
}
