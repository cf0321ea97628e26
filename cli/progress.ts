import { duration } from '../spec/words/many.ts';
import { t } from '../spec/words/t.ts';
import type { Io } from './io.ts';

/** Progress is shown after this time, milliseconds, and at most once in a tenth of it. */
const PATIENCE = 1000;

export interface Progress {
  /** Shows the present work, and its share that is done, from 0 to 1, where the whole is known. Cheap to call often. */
  at(text: string, share?: number): void;
  end(): void;
}

/** The share from which on the speed so far tells something of the rest: the beginning is slower. */
const KNOWN = 0.05;

/** A share, and the instant at which it was reached. */
interface Reached {
  share: number;
  at: number;
}

/** Shows a line on the terminal for work of more than a second, and removes it at the end. Shows nothing without a terminal. */
export function progress(io: Io, text: string): Progress {
  if (!io.terminal.stderr) return { at() {}, end() {} };
  let shown = io.now() + PATIENCE - PATIENCE / 10;
  let visible = false;
  let first: Reached | undefined;
  let done: number | undefined;
  const show = (): void => {
    const now = io.now();
    if (now - shown < PATIENCE / 10) return;
    shown = now;
    visible = true;
    const line = done === undefined || !first ? text : withShare(text, first, { share: done, at: now });
    io.err(`\r\u001b[2K${line.slice(0, io.errorView.width - 1)}`);
  };
  const timer = setInterval(show, PATIENCE);
  timer.unref();
  return {
    at: (what, share) => {
      text = what;
      // The end of one part is not the end of the work: what follows it has no share yet.
      const before = done ?? 1;
      done = share !== undefined && share < 1 ? share : undefined;
      if (done !== undefined && (!first || done < before)) first = { share: done, at: io.now() };
      show();
    },
    end() {
      clearInterval(timer);
      if (visible) io.err('\r\u001b[2K');
    },
  };
}

function withShare(text: string, first: Reached, now: Reached): string {
  const percent = Math.floor(now.share * 100);
  const left = timeLeft(first, now);
  return left === undefined ? `${text}, ${percent}%` : t`${text}, ${percent}%, about ${duration(rounded(left))} left`;
}

/** Returns the milliseconds until the end at the speed so far; undefined while too little is known of the speed. */
function timeLeft(first: Reached, { share, at }: Reached): number | undefined {
  const elapsed = at - first.at;
  if (elapsed < PATIENCE || share - first.share < KNOWN) return undefined;
  return (elapsed / (share - first.share)) * (1 - share);
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Rounds up, and more coarsely for longer times: it is an estimate. */
function rounded(ms: number): number {
  const step = ms < 10 * SECOND ? SECOND : ms < MINUTE ? 5 * SECOND : ms < 60 * MINUTE ? MINUTE : 10 * MINUTE;
  return Math.max(SECOND, Math.ceil(ms / step) * step);
}
