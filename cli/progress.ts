import type { Io } from './io.ts';

/** Shown after this time, milliseconds; and no oftener than every tenth of it. */
const PATIENCE = 1000;

export interface Progress {
  /** Shows the present work. Cheap to call often. */
  at(text: string): void;
  end(): void;
}

/** A line on the terminal for work of more than a second, wiped away at its end. Without a terminal, nothing. */
export function progress(io: Io, text: string): Progress {
  if (!io.terminal.stderr) return { at() {}, end() {} };
  const began = io.now();
  let shown = began + PATIENCE - PATIENCE / 10;
  let visible = false;
  const show = (what: string): void => {
    const now = io.now();
    if (now - shown < PATIENCE / 10) return;
    shown = now;
    visible = true;
    io.err(`\r\u001b[2K${what.slice(0, io.errorView.width - 1)}`);
  };
  const timer = setInterval(() => show(text), PATIENCE);
  timer.unref();
  return {
    at: (what) => {
      text = what;
      show(text);
    },
    end() {
      clearInterval(timer);
      if (visible) io.err('\r\u001b[2K');
    },
  };
}
