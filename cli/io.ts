/** The environment of a command: its inputs, and the streams that it writes to. */
export interface Io {
  cwd: string;
  env: Record<string, string | undefined>;
  /** Epoch milliseconds. */
  now(): number;
  /** Version of the tz database in use. */
  tz: string;
  /** Writes results. Resolves when more may be written. */
  out(text: string): Promise<void>;
  /** Writes everything else: problems, questions, progress. */
  err(text: string): void;
  /** The width and colours of standard output. */
  view: View;
  /** The width and colours of standard error. */
  errorView: View;
  /** The streams that are a terminal, and so have a person at it. */
  terminal: { stdin: boolean; stdout: boolean; stderr: boolean };
  /** Aborted by Ctrl-C or SIGTERM, from the first call on. */
  interrupted(): AbortSignal;
}

export interface View {
  color: boolean;
  /** In columns. */
  width: number;
}

/** Returns the environment of this process. */
export function processIo(): Io {
  const { stdin, stdout, stderr, env } = process;
  for (const stream of [stdout, stderr]) stream.on('error', readerGone);
  return {
    cwd: process.cwd(),
    env,
    now: Date.now,
    tz: process.versions.tz ?? 'unknown',
    out: (text) =>
      new Promise((done) => {
        if (stdout.write(text)) done();
        else stdout.once('drain', done);
      }),
    err: (text) => void stderr.write(text),
    view: view(stdout, env),
    errorView: view(stderr, env),
    terminal: { stdin: stdin.isTTY === true, stdout: stdout.isTTY === true, stderr: stderr.isTTY === true },
    interrupted,
  };
}

/** Ends the process quietly when its reader has left, as in `crm … | head`. */
function readerGone(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
}

function view(stream: NodeJS.WriteStream, { NO_COLOR, FORCE_COLOR, TERM }: NodeJS.ProcessEnv): View {
  const forced = FORCE_COLOR !== undefined && FORCE_COLOR !== '' && FORCE_COLOR !== '0';
  const color = !NO_COLOR && FORCE_COLOR !== '0' && (forced || (stream.isTTY === true && TERM !== 'dumb'));
  return { color, width: stream.columns || 100 };
}

let signal: AbortSignal | undefined;

/** Signals within this time count as one, milliseconds: npm passes on the signal that the terminal has sent to all processes. */
const TOGETHER = 250;

/** Returns a signal that the first Ctrl-C or SIGTERM aborts; the second one ends the process at once. */
function interrupted(): AbortSignal {
  if (signal) return signal;
  const controller = new AbortController();
  const names = ['SIGINT', 'SIGTERM'] as const;
  const stop = () => {
    if (controller.signal.aborted) return;
    controller.abort();
    setTimeout(() => {
      for (const name of names) process.off(name, stop);
    }, TOGETHER).unref();
  };
  for (const name of names) process.on(name, stop);
  signal = controller.signal;
  return signal;
}
