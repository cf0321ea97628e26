import pc from 'picocolors';
import { worldFault } from '../engine/store/faults.ts';
import { UserError } from '../engine/user-error.ts';
import { exit } from './exit.ts';
import { Faulty } from './faulty.ts';
import type { Io } from './io.ts';
import { printable } from './views/format.ts';

/** Says what went wrong in words that fit who has to act, and returns the exit code. */
export async function tell(thrown: unknown, io: Io, words: string[]): Promise<number> {
  // A full disk, or a missing right, is met anywhere.
  const error = worldFault(thrown) ?? thrown;
  if (isCommander(error)) return error.exitCode === 0 ? exit.fine : exit.error;
  if (error instanceof Faulty) {
    const { renderDiagnostics, summariseDiagnostics } = await import('./views/diagnostics.ts');
    io.err(`${renderDiagnostics(error.diagnostics, error.files, io.errorView)}\n`);
    io.err(`${summariseDiagnostics(error.diagnostics)}\n`);
    return exit.error;
  }
  const colors = pc.createColors(io.errorView.color);
  const debug = words.includes('--debug');
  if (error instanceof UserError || isChannelError(error)) {
    io.err(`${colors.red(colors.bold('error'))} ${safe(error.message)}\n`);
    if (error instanceof UserError && error.help) io.err(`  ${colors.green('help:')} ${safe(error.help)}\n`);
    if (debug && error.stack) io.err(`${error.stack}\n`);
    return error instanceof UserError && error.guard ? exit.refused : exit.error;
  }
  const what = printable((error instanceof Error ? error.message.split('\n')[0] : String(error)) ?? '');
  io.err(`${colors.red(colors.bold('internal error'))} ${what}\n`);
  if (debug) io.err(`${error instanceof Error ? error.stack : String(error)}\n`);
  else
    io.err(
      '  This is a bug in Kaskad. Run the command again with --debug, and report what it prints to its maintainers.\n',
    );
  return exit.internal;
}

/** Lines of a message stay lines; nothing that it quotes may steer the terminal. */
function safe(message: string): string {
  return message.split('\n').map(printable).join('\n');
}

function isCommander(error: unknown): error is { exitCode: number } {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('commander.');
}

/** By its name: its module loads what most commands do not need. */
function isChannelError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ChannelError';
}
