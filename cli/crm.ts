import { CommanderError } from 'commander';
import { callError } from './call-error.ts';
import { commandLine } from './command-line.ts';
import { exit } from './exit.ts';
import { refuseUnknownHelp } from './help/help.ts';
import type { Io } from './io.ts';
import { chooseLanguage } from './language.ts';
import { tell } from './tell.ts';

/** Runs one command. `words`: as typed after `crm`. Returns the exit code; throws never. */
export async function crm(words: string[], io: Io): Promise<number> {
  let code: number = exit.fine;
  try {
    await chooseLanguage(words, io.env);
  } catch (error) {
    return tell(error, io, words);
  }
  const line = commandLine(io, (result) => {
    code = result;
  });
  try {
    refuseUnknownHelp(line, words);
    await line.parseAsync(words, { from: 'user' });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) return tell(error, io, words);
    // The help was asked for, or is shown because nothing was.
    if (error.exitCode === 0 || error.code === 'commander.help') return error.exitCode;
    return tell(callError(error.message, line, words), io, words);
  }
}
