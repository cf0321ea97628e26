import type { Category } from '../../../spec/model/campaign.ts';

/** A rendered message on its way out. */
export interface Outgoing {
  /** The message's id in the store; the same message always goes out under the same id. */
  id: string;
  channel: string;
  /** The recipient's address, number or token; of a webhook and a task, the shop's id of the customer that it is about. */
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
 * The outcome of a hand-over. `detail` and `reason` hold nothing personal.
 * `failed`: never try again; `bounce`: because there is no such recipient;
 * `policy`: by a rule of the provider's that may be about the sender.
 * `retry`: it certainly was not taken; `afterMs`: the provider's wish.
 * `unknown`: it was handed over whole, but the answer got lost.
 */
export type Outcome =
  | { status: 'sent'; detail?: string }
  | { status: 'failed'; reason: string; detail?: string; bounce?: boolean; policy?: boolean }
  | { status: 'retry'; reason: RetryReason; detail?: string; afterMs?: number }
  | { status: 'unknown'; reason: string; detail?: string };

/** This side broke the connection off because it was asked to. */
export interface Cut {
  status: 'cut';
  /** The provider may have the message. */
  inDoubt: boolean;
}

/** The detail of a connection that this side has given up because it took too long. */
export const LATE = 'no answer in time';

/** `temporary`: this message, for now; the others: the way out itself, so that every other message fares the same. */
export type RetryReason = 'temporary' | 'connection' | 'authentication' | 'account';

/** One way out. Never throws for what a provider answers: that is an Outcome. */
export interface Carrier {
  /** The number of messages that can be on a connection at once: so many `send` may be under way. */
  readonly concurrency: number;
  /** `cut`: breaks it off. */
  send(message: Outgoing, cut?: AbortSignal): Promise<Outcome | Cut>;
  /** To be called when no `send` is under way. */
  close(): Promise<void>;
}

/** The channel cannot be used as it is configured; the message says what to change and has no secret in it. */
export class ChannelError extends Error {
  override name = 'ChannelError';
}
