import { commandLine } from './command-line.ts';
import { exit } from './exit.ts';
import { refuseUnknownHelp } from './help/help.ts';
import type { Io } from './io.ts';
import { tell } from './tell.ts';

/** Runs one command. `words`: as typed after `crm`. Returns the exit code; throws never. */
export async function crm(words: string[], io: Io): Promise<number> {
  let code: number = exit.fine;
  try {
    const line = commandLine(io, (result) => {
      code = result;
    });
    refuseUnknownHelp(line, words);
    await line.parseAsync(words, { from: 'user' });
    return code;
  } catch (error) {
    return tell(error, io, words);
  }
}
