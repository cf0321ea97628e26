import type { Pause, Target, Waiting } from '../../engine/store/pauses.ts';
import { t } from '../../spec/words/t.ts';
import { many } from './format.ts';
import { crossedWords } from './guardrails.ts';

type Clock = (at: number) => string;

/** Returns a target in words: `campaign welcome`, `channel sms`, `everything`. */
export function targetWords({ kind, name }: Target): string {
  switch (kind) {
    case 'all':
      return t`everything`;
    case 'campaign':
      return t`campaign ${name}`;
    case 'channel':
      return t`channel ${name}`;
  }
}

/** Returns `campaign welcome is paused since 2026-03-02 10:00`. */
export function pausedWords({ kind, name, since }: Pause, clock: Clock): string {
  switch (kind) {
    case 'all':
      return t`everything is paused since ${clock(since)}`;
    case 'campaign':
      return t`campaign ${name} is paused since ${clock(since)}`;
    case 'channel':
      return t`channel ${name} is paused since ${clock(since)}`;
  }
}

/** Returns `campaign welcome was paused until 2026-03-02 10:00`. */
export function pausedUntilWords({ kind, name, shift, crossed }: Omit<Pause, 'since'>, until: string): string {
  const words = pausedUntil({ kind, name }, until);
  return withCause(shift ? t`${words}; timers were moved by the paused time` : words, { crossed });
}

function pausedUntil({ kind, name }: Target, until: string): string {
  switch (kind) {
    case 'all':
      return t`everything was paused until ${until}`;
    case 'campaign':
      return t`campaign ${name} was paused until ${until}`;
    case 'channel':
      return t`channel ${name} was paused until ${until}`;
  }
}

/** Returns what becomes of the paused time: `campaign welcome is paused since …; timers run on`. Under a pause of a channel nobody waits. */
export function pausedWithTime(pause: Pause, clock: Clock): string {
  return withCause(withTime(pausedWords(pause, clock), pause), pause);
}

function withTime(words: string, { kind, shift }: Pause): string {
  if (kind === 'channel') return words;
  return shift ? t`${words}; timers will be moved by the paused time` : t`${words}; timers run on`;
}

function withCause(words: string, { crossed }: Pick<Pause, 'crossed'>): string {
  return crossed ? t`${words}; its guardrails did it: ${crossedWords(crossed)}` : words;
}

/** Returns a pause and the customers and messages that wait because of it, in words. */
export function pauseWords(pause: Pause & Waiting, clock: Clock): string {
  const waits = t`${targetWords(pause)} since ${clock(pause.since)}: ${waitingWords(pause)}`;
  return withCause(withTime(waits, pause), pause);
}

/** Returns `228 customers and 12 messages wait`. */
function waitingWords({ kind, customers, messages }: Target & Waiting): string {
  if (kind === 'channel')
    return messages === 1 ? t`${many(messages, 'message')} waits` : t`${many(messages, 'message')} wait`;
  return t`${many(customers, 'customer')} and ${many(messages, 'message')} wait`;
}

/** Returns the answer to a pause, in words. `all`: everything is paused, too. `since`: the start of an earlier pause of the target. */
export function pauseText(target: Pause & Waiting, { all, since }: { all: boolean; since?: string }): string {
  const { kind, name } = target;
  const waits = withTime(waitingWords(target), target);
  const lift = liftingWords(target, all);
  switch (kind) {
    case 'all':
      return since === undefined
        ? t`Everything is paused: ${waits}. ${lift}`
        : t`Everything is paused already, since ${since}: ${waits}. ${lift}`;
    case 'campaign':
      return since === undefined
        ? t`Campaign ${name} is paused: ${waits}. ${lift}`
        : t`Campaign ${name} is paused already, since ${since}: ${waits}. ${lift}`;
    case 'channel':
      return since === undefined
        ? t`Channel ${name} is paused: ${waits}. ${lift}`
        : t`Channel ${name} is paused already, since ${since}: ${waits}. ${lift}`;
  }
}

function liftingWords({ kind, name }: Target, all: boolean): string {
  if (all && kind !== 'all') return t`Everything is paused, too: \`crm resume --all\` lifts both pauses.`;
  const words = { all: '--all', channel: `--channel ${name}`, campaign: name }[kind];
  return t`\`crm resume ${words}\` lets go on.`;
}

/** Returns the answer to a resume, in words. `changed`: the target was paused. `moved`: so many customers' timers were moved; undefined: they ran on. */
export function resumeText(target: Target & Waiting, changed: boolean, moved?: number): string {
  const { kind, name, customers, due, messages } = target;
  const mail = t`${many(messages, 'message')} in the outbox`;
  const time =
    moved === undefined ? t`timers ran on` : t`the timers of ${many(moved, 'customer')} are moved by the paused time`;
  const goes = t`${many(customers, 'customer')} inside, of whom ${many(due, 'is due and moves', 'are due and move')} at the next tick; ${mail}; ${time}`;
  switch (kind) {
    case 'all':
      return changed ? t`Everything goes on: ${goes}.` : t`Everything is not paused.`;
    case 'campaign':
      return changed ? t`Campaign ${name} goes on: ${goes}.` : t`Campaign ${name} is not paused.`;
    case 'channel':
      return changed ? t`Channel ${name} goes on: ${mail}.` : t`Channel ${name} is not paused.`;
  }
}
