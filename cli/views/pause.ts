import type { Pause, Target, Waiting } from '../../engine/pause/pauses.ts';
import { many } from './format.ts';

type Clock = (at: number) => string;

/** `campaign welcome`, `channel sms`, `everything` */
export function targetWords({ kind, name }: Target): string {
  return kind === 'all' ? 'everything' : `${kind} ${name}`;
}

/** `campaign welcome is paused since 2026-03-02 10:00` */
export function pausedWords(pause: Pause, clock: Clock): string {
  return `${targetWords(pause)} is paused since ${clock(pause.since)}`;
}

/** One pause with what waits because of it. */
export function pauseWords(pause: Pause & Waiting, clock: Clock): string {
  return `${targetWords(pause)} since ${clock(pause.since)}: ${waitingWords(pause)}`;
}

/** `228 customers and 12 messages wait` */
export function waitingWords({ kind, customers, messages }: Target & Waiting): string {
  const mail = many(messages, 'message');
  if (kind === 'channel') return `${mail} ${messages === 1 ? 'waits' : 'wait'}`;
  return `${many(customers, 'customer')} and ${mail} wait`;
}
