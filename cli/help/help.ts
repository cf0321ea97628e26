import type { Command, Help } from 'commander';
import { UserError } from '../../engine/user-error.ts';
import { either } from '../../spec/words/many.ts';
import { t } from '../../spec/words/t.ts';
import { exitCodes } from '../exit.ts';
import { hangPlain as hang } from '../views/hang.ts';
import { meantBy } from './meant.ts';
import { commandPage } from './page.ts';
import { commonPath, groups } from './pages.ts';

/**
 * Gives the program a help page that fits on 80 × 24, and every command its own page. Call it when all commands are
 * registered: commands made later would inherit the program's page.
 */
export function addHelp(program: Command): void {
  for (const command of program.commands) command.configureHelp({ formatHelp: commandPage });
  program.configureHelp({ formatHelp: overview });
}

/** Prints the help for `crm help` and `crm help <command>`. */
export function showHelp(program: Command, name: string | undefined): void {
  const command = name === undefined ? program : visibleCommands(program).find((each) => each.name() === name);
  if (!command) throw unknownCommand(program, name ?? '');
  command.outputHelp();
}

/** Throws UserError for words that ask for help on a command that does not exist. `words`: as typed after `crm`. */
export function refuseUnknownHelp(program: Command, words: string[]): void {
  const name = commandIn(words);
  if (name === undefined || !words.some((word) => word === '--help' || word === '-h')) return;
  if (!program.commands.some((each) => each.name() === name)) throw unknownCommand(program, name);
}

/** Returns the word that names a command: the first that is neither an option nor the language. */
export function commandIn(words: string[]): string | undefined {
  return words.find((word, i) => !word.startsWith('-') && words[i - 1] !== '--lang');
}

/** Returns the error for an unknown command, with the commands that may be meant. */
export function unknownCommand(program: Command, name: string): UserError {
  const commands = visibleCommands(program);
  const meant = meantBy(
    name,
    commands.map((each) => each.name()),
  );
  const help = [
    ...(meant.length > 0 ? [t`Did you mean ${either(meant)}?`] : []),
    ...(meant.length === 1 ? [] : [t`\`crm --help\` lists the commands.`]),
  ];
  return new UserError('unknown-command', t`There is no command "${name}".`, help.join(' '));
}

function overview(program: Command, helper: Help): string {
  const width = Math.min(80, helper.helpWidth ?? 80);
  const strong = (text: string) => helper.styleTitle(text);
  const present = new Set(visibleCommands(program).map((each) => each.name()));
  const path = commonPath().filter(([name]) => present.has(name));
  const listed = new Set([...path.map(([name]) => name), ...groups().flatMap(([, names]) => names)]);
  const rest = [...present].filter((name) => !listed.has(name));
  const rows = [...groups(), [t`More`, rest] as [string, string[]]].flatMap(([title, names]): [string, string][] => {
    const shown = names.filter((name) => present.has(name));
    return shown.length === 0 ? [] : [[title, shown.join(', ')]];
  });
  const column = Math.max(...rows.map(([title]) => title.length));
  const codes = exitCodes().map(({ code, short }) => `${code} ${short}`);
  return [
    `${strong(t`Usage:`)} crm <command> [options]`,
    '',
    ...hang('', program.description(), width),
    '',
    strong(t`The common path:`),
    ...path.flatMap(([name, gloss]) => hang(`  crm ${name.padEnd(9)} `, gloss, width)),
    '',
    ...rows.flatMap(([title, names]) => hang(`  ${title.padEnd(column)}  `, names, width)),
    '',
    t`\`crm help <command>\` explains a command, with examples.`,
    ...hang('', t`Exit codes: ${codes.join(', ')}.`, width),
    '',
  ].join('\n');
}

/** Returns all commands except those that only programs call. */
export function visibleCommands(program: Command): Command[] {
  return program.createHelp().visibleCommands(program);
}
