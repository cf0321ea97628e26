import type { Io } from '../cli/io.ts';

/** A world for a command that keeps what is said in it. Nobody sits at a terminal. */
export interface TestIo extends Io {
  said: { out: string; err: string };
  stop: AbortController;
}

export function testIo(cwd: string, part: Partial<Io> = {}): TestIo {
  const said = { out: '', err: '' };
  const stop = new AbortController();
  return {
    cwd,
    env: {},
    now: Date.now,
    tz: process.versions.tz ?? 'unknown',
    out: async (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    view: { color: false, width: 120 },
    errorView: { color: false, width: 120 },
    terminal: { stdin: false, stdout: false, stderr: false },
    interrupted: () => stop.signal,
    said,
    stop,
    ...part,
  };
}
