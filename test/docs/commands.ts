import { CommanderError } from 'commander';
import { commandLine } from '../../cli/command-line.ts';
import { testIo } from '../io.ts';

/** A sentence may name a command, or an option of it, and leave the rest out. */
const unfinished = ['help', 'missingArgument', 'optionMissingArgument', 'missingMandatoryOptionValue'];

/**
 * Returns what the command line does not understand of a call, as in `crm plan --out plan.json`; undefined if it is
 * understood. Nothing is run. A word between `<` and `>` is a placeholder for any.
 */
export function misunderstood(call: string): string | undefined {
  const program = commandLine(testIo('/'), () => {});
  for (const command of program.commands) command.action(() => {});
  try {
    program.parse(wordsOf(call.replaceAll(/<[^>]*>/g, 'x')), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0 || unfinished.some((code) => error.code === `commander.${code}`)) return undefined;
    return error.message;
  }
  return undefined;
}

/** Returns the calls of `crm` in a piece of code, as they are typed: without comments. */
export function callsIn(code: string): string[] {
  return code
    .split('\n')
    .map((line) => line.replace(/(^|\s+)#.*$/, '').replace(/^(npx |npm run (?=crm -- ))/, ''))
    .filter((line) => /^crm(?: |$)/.test(line))
    .map((line) => line.replace(/^crm -- /, 'crm ').trim());
}

/** Splits a call as a shell does, without `crm` and without what leads into a file. */
export function wordsOf(call: string): string[] {
  const own = call.replace(/ > .*$/, '');
  return [...own.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '').slice(1);
}

/** Returns the scripts of npm that a text calls. */
export function scriptsIn(text: string): string[] {
  return [...text.matchAll(/\bnpm (?:run (?:--\S+ )?([\w-]+)|(start|test)\b)/g)].map(
    ([, run, own]) => run ?? own ?? '',
  );
}
