import { CommanderError } from 'commander';
import { callError } from './call-error.ts';
import { commandLine } from './command-line.ts';
import { exit } from './exit.ts';
import { refuseUnknownHelp } from './help/help.ts';
import type { Io } from './io.ts';
import { chooseLanguage } from './language.ts';
import { reportError } from './report-error.ts';

/** Runs one command. `words`: as typed after `crm`. Returns the exit code; never throws. */
export async function crm(words: string[], io: Io): Promise<number> {
  let code: number = exit.fine;
  try {
    await chooseLanguage(words, io.env);
  } catch (error) {
    return reportError(error, io, words);
  }
  const line = commandLine(io, (result) => {
    code = result;
  });
  try {
    refuseUnknownHelp(line, words);
    await line.parseAsync(words, { from: 'user' });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) return reportError(error, io, words);
    // Help, on request or because no command was given.
    if (error.exitCode === 0 || error.code === 'commander.help') return error.exitCode;
    return reportError(callError(error.message, line, words), io, words);
  }
}
