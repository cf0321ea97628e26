import pc from 'picocolors';
import { worldFault } from '../engine/store/faults.ts';
import { type ErrorCode, errorCodes, UserError } from '../engine/user-error.ts';
import { t } from '../spec/words/t.ts';
import { exit } from './exit.ts';
import { Faulty } from './faulty.ts';
import type { Io } from './io.ts';
import { printable } from './views/format.ts';

/** Prints an error for the person who has to act, with `--json` also as a line of JSON. Returns the exit code. */
export async function reportError(thrown: unknown, io: Io, words: string[]): Promise<number> {
  // A full disk or a missing permission can stop any command.
  const error = worldFault(thrown) ?? thrown;
  const report = await (error instanceof Faulty
    ? printFaulty(error, io)
    : printOther(error, io, words.includes('--debug')));
  const { code, id, message, help } = report;
  const facts = { format: 1, type: 'error', code, id, message, ...(help !== undefined && { help }) };
  if (words.includes('--json')) await io.out(`${JSON.stringify(facts)}\n`);
  return code;
}

interface ErrorReport {
  /** The exit code. */
  code: number;
  id: ErrorCode | 'internal';
  message: string;
  help?: string;
}

async function printFaulty({ diagnostics, files }: Faulty, io: Io): Promise<ErrorReport> {
  const { renderDiagnostics, summariseDiagnostics } = await import('./views/diagnostics.ts');
  const message = summariseDiagnostics(diagnostics);
  io.err(`${renderDiagnostics(diagnostics, files, io.errorView)}\n`);
  io.err(`${message}\n`);
  return { code: exit.error, id: 'project-invalid', message, help: '`crm validate --json` lists them.' };
}

async function printOther(error: unknown, io: Io, debug: boolean): Promise<ErrorReport> {
  const colors = pc.createColors(io.errorView.color);
  if (error instanceof UserError) {
    const { message, stack, help, code: id } = error;
    await say(io, `${colors.red(colors.bold(t`error`))} `, message);
    if (help) await say(io, `  ${colors.green(t`help:`)} `, help);
    if (debug && stack) io.err(`${stack}\n`);
    return { code: exit[errorCodes[id].exit], id, message, ...(help !== undefined && { help }) };
  }
  const message = printable((error instanceof Error ? error.message.split('\n')[0] : String(error)) ?? '');
  io.err(`${colors.red(colors.bold(t`internal error`))} ${message}\n`);
  if (debug) io.err(`${error instanceof Error ? error.stack : String(error)}\n`);
  else
    io.err(
      `  ${t`This is a bug in Kaskad. Run the command again with --debug, and report what it prints to its maintainers.`}\n`,
    );
  return { code: exit.internal, id: 'internal', message };
}

/** Wraps lines on a terminal, which would break them inside words; programs get whole sentences. */
async function say(io: Io, first: string, text: string): Promise<void> {
  const [line = '', ...more] = safe(text).split('\n');
  const lines = io.terminal.stderr
    ? (await import('./views/wrap.ts')).hang(first, line, io.errorView.width, 4)
    : [first + line];
  io.err([...lines, ...more].map((one) => `${one}\n`).join(''));
}

/** Returns a message without control characters, line by line: text that it quotes must not control the terminal. */
function safe(message: string): string {
  return message.split('\n').map(printable).join('\n');
}
