import { type Cut, LATE, type Outcome } from './carrier.ts';

/** Returns the outcome that an answer means for the message. */
export function outcomeOfStatus(status: number, headers: Headers): Outcome {
  const detail = `HTTP ${status}`;
  if (status >= 200 && status < 300) return { status: 'sent', detail };
  if (status !== 429 && status < 500) return { status: 'failed', reason: 'rejected', detail };
  const afterMs = retryAfterMs(headers.get('retry-after'), headers.get('date'));
  return { status: 'retry', reason: 'temporary', detail, ...(afterMs === undefined ? {} : { afterMs }) };
}

/**
 * Returns the outcome that an error of `fetch` means. A message that may have arrived is sent again too: the receiver
 * recognises it by its id. `cut`: the caller aborted it.
 */
export function outcomeOfError(error: unknown, cut = false): Outcome | Cut {
  const timedOut = error instanceof Error && error.name === 'TimeoutError';
  if (cut && error instanceof Error && error.name === 'AbortError') return { status: 'cut', inDoubt: true };
  return { status: 'retry', reason: 'connection', detail: timedOut ? LATE : codeOf(error) };
}

/**
 * Returns `Retry-After` in milliseconds: a number of seconds, or a date, which is counted from the server's own clock, so
 * that a difference between the two clocks does not matter. Undefined: it cannot be understood.
 */
function retryAfterMs(retryAfter: string | null, date: string | null): number | undefined {
  if (retryAfter === null) return undefined;
  const ms = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - Date.parse(date ?? '');
  return Number.isSafeInteger(ms) ? Math.max(0, ms) : undefined;
}

/** Returns the system's code of an error. Its message would show the URL, which may be a secret. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  for (const each of [cause, error])
    if (each instanceof Error && 'code' in each && typeof each.code === 'string') return each.code;
  return 'connection failed';
}
