import type { Io } from '../cli/io.ts';

/** The Io of a command in a test: it keeps the output, and no terminal is attached. */
export interface TestIo extends Io {
  said: { out: string; err: string };
  stop: AbortController;
}

export function testIo(cwd: string, part: Partial<Io> = {}): TestIo {
  const said = { out: '', err: '' };
  const stop = new AbortController();
  return {
    cwd,
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
    // Without it git is asked for the name, on each machine another one.
    env: { CRM_ACTOR: 'tester', ...part.env },
  };
}
