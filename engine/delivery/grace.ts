import type { Clock } from '../clock.ts';

/** The time that messages on connections may take after the end has been asked for, milliseconds. */
const GRACE = 3_000;

/** Returns a signal that is aborted a moment after `signal`. `clear` is to be called when no connection is left. */
export function abortAfterGrace(signal: AbortSignal, sleep: Clock['sleep']): { cut: AbortSignal; clear(): void } {
  const controller = new AbortController();
  const over = new AbortController();
  const start = () => {
    void sleep(GRACE, over.signal).then(() => {
      if (!over.signal.aborted) controller.abort();
    });
  };
  if (signal.aborted) start();
  else signal.addEventListener('abort', start, { once: true });
  return {
    cut: controller.signal,
    clear: () => {
      over.abort();
      signal.removeEventListener('abort', start);
    },
  };
}
