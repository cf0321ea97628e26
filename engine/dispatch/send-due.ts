import { setTimeout as pause } from 'node:timers/promises';
import { intakeConsent } from '../intake/intake.ts';
import { collectConsent } from '../run/collect.ts';
import type { Database } from '../store/database.ts';
import { type DispatchOptions, type DispatchReport, dispatch } from './dispatch.ts';

export interface SendingOptions extends DispatchOptions {
  /** Where the program's sources are read from. */
  root: string;
}

/** A message may leave on a look at its recipient's consent that is this old at most, milliseconds. */
const LOOK = 1000;

/**
 * Sends what is due. What withdraws a consent is taken in before the first message and once a second while others are
 * on their way, so that it counts without waiting for a tick.
 */
export async function sendDue(db: Database, options: SendingOptions): Promise<DispatchReport> {
  await takeInConsent(db, options);
  const over = new AbortController();
  const watching = watch(db, options, over.signal);
  try {
    return await dispatch(db, options);
  } finally {
    over.abort();
    await watching;
  }
}

async function watch(db: Database, options: SendingOptions, over: AbortSignal): Promise<void> {
  for (;;) {
    // Nothing rejects here but the abort, and that is the way out.
    await pause(LOOK, undefined, { signal: over }).catch(() => {});
    if (over.aborted) return;
    try {
      await takeInConsent(db, options);
    } catch (error) {
      // The look before the next dispatch meets the same trouble and reports it in full.
      options.log?.warn({ kind: error instanceof Error ? error.name : 'error' }, 'consent could not be taken in');
    }
  }
}

async function takeInConsent(db: Database, { program, root, now }: SendingOptions): Promise<void> {
  const at = now();
  await db.transaction(async (tx) => {
    await intakeConsent(tx, program, { root, at });
    await collectConsent(tx, program.data, at);
  });
}
