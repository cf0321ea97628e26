/** The time that messages on connections may take after the end has been asked for, milliseconds. */
const GRACE = 3_000;

/** A signal that is aborted a moment after `signal`. `clear` is to be called when nothing is left to cut off. */
export function cutAfter(signal: AbortSignal): { cut: AbortSignal; clear(): void } {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const start = () => {
    timer = setTimeout(() => controller.abort(), GRACE);
  };
  if (signal.aborted) start();
  else signal.addEventListener('abort', start, { once: true });
  return {
    cut: controller.signal,
    clear: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', start);
    },
  };
}
