import { type Cut, LATE, type Outcome } from './carrier.ts';

/** Returns the outcome that an answer means for the message. */
export function answered(status: number, headers: Headers): Outcome {
  const detail = `HTTP ${status}`;
  if (status >= 200 && status < 300) return { status: 'sent', detail };
  if (status !== 429 && status < 500) return { status: 'failed', reason: 'rejected', detail };
  const afterMs = wish(headers.get('retry-after'), headers.get('date'));
  return { status: 'retry', reason: 'temporary', detail, ...(afterMs === undefined ? {} : { afterMs }) };
}

/**
 * Returns the outcome that an error of `fetch` means. Also after all of the message has left without an answer it is sent again: its id
 * tells the receiver that it is the same. `cut`: this side was asked to break the connection off.
 */
export function unanswered(error: unknown, cut = false): Outcome | Cut {
  const timedOut = error instanceof Error && error.name === 'TimeoutError';
  if (cut && error instanceof Error && error.name === 'AbortError') return { status: 'cut', inDoubt: true };
  return { status: 'retry', reason: 'connection', detail: timedOut ? LATE : codeOf(error) };
}

/**
 * `Retry-After` in milliseconds: a number of seconds, or a date, which is counted from the server's own clock, so that
 * it matters to nobody which of the two clocks is right. Undefined: no wish that can be understood.
 */
function wish(retryAfter: string | null, date: string | null): number | undefined {
  if (retryAfter === null) return undefined;
  const ms = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - Date.parse(date ?? '');
  return Number.isSafeInteger(ms) ? Math.max(0, ms) : undefined;
}

/** The system's name of what broke. Messages of errors would tell the URL, which may be a secret. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  for (const each of [cause, error])
    if (each instanceof Error && 'code' in each && typeof each.code === 'string') return each.code;
  return 'connection failed';
}
