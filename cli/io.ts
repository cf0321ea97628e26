/** Everything a command may know of the world around, or do to it by words. */
export interface Io {
  cwd: string;
  env: Record<string, string | undefined>;
  /** Epoch milliseconds. */
  now(): number;
  /** Version of the tz database in use. */
  tz: string;
  /** Results. Resolves when more may be written. */
  out(text: string): Promise<void>;
  /** Everything else: problems, questions, progress. */
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

/** The world of this process. */
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

/** `crm … | head`: nobody reads any more, which is no error. */
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

/** Signals that come so soon after one another are one: npm passes on what the terminal has sent to all. Milliseconds. */
const TOGETHER = 250;

/** The first signal asks for an orderly end, the second one, of either kind, ends the process at once. */
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
