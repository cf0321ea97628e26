import type { Command, Help } from 'commander';
import { UserError } from '../../engine/user-error.ts';
import { suggest } from '../../spec/check/suggest.ts';
import { exitCodes } from '../exit.ts';
import { commonPath, type Example, examples, groups } from './pages.ts';

/**
 * Gives the program a page that fits on 80 × 24, and every command its examples. To be called when all commands are
 * registered: commands made later would inherit the program's own page.
 */
export function addHelp(program: Command): void {
  for (const command of program.commands) {
    const own = examples[command.name()];
    if (own) command.addHelpText('after', `\n${exampleLines(own).join('\n')}`);
  }
  program.configureHelp({ formatHelp: overview });
}

/** `crm help` and `crm help <command>`. */
export function showHelp(program: Command, name: string | undefined): void {
  const command = name === undefined ? program : visibleCommands(program).find((each) => each.name() === name);
  if (!command) throw unknownCommand(program, name ?? '');
  command.outputHelp();
}

/** Throws UserError for words that ask for help on a command that there is not. `words`: as typed after `crm`. */
export function refuseUnknownHelp(program: Command, words: string[]): void {
  const name = words.find((word) => !word.startsWith('-'));
  if (name === undefined || !words.some((word) => word === '--help' || word === '-h')) return;
  if (!program.commands.some((each) => each.name() === name)) throw unknownCommand(program, name);
}

/** Returns the error of a command that there is not, with the one that is meant. */
export function unknownCommand(program: Command, name: string): UserError {
  const names = visibleCommands(program).map((each) => each.name());
  const meant = suggest(name, names);
  return new UserError(
    `There is no command "${name}".`,
    meant ? `Did you mean ${meant}?` : '`crm --help` lists the commands.',
  );
}

function exampleLines(own: Example[]): string[] {
  const width = Math.max(...own.map(([call]) => call.length));
  const beside = width <= 44;
  return [
    own.length === 1 ? 'Example:' : 'Examples:',
    ...own.flatMap(([call, does]) => (beside ? [`  ${call.padEnd(width)}  ${does}`] : [`  ${call}`, `      ${does}`])),
  ];
}

function overview(program: Command, helper: Help): string {
  const strong = (text: string) => helper.styleTitle(text);
  const present = new Set(visibleCommands(program).map((each) => each.name()));
  const path = commonPath.filter(([name]) => present.has(name));
  const listed = new Set([...path.map(([name]) => name), ...groups.flatMap(([, names]) => names)]);
  const rest = [...present].filter((name) => !listed.has(name));
  const rows = [...groups, ['More', rest] as [string, string[]]].flatMap(([title, names]): [string, string][] => {
    const shown = names.filter((name) => present.has(name));
    return shown.length === 0 ? [] : [[title, shown.join(', ')]];
  });
  const width = Math.max(...rows.map(([title]) => title.length));
  return [
    `${strong('Usage:')} crm <command> [options]`,
    '',
    helper.boxWrap(program.description(), Math.min(80, helper.helpWidth ?? 80)),
    '',
    strong('The common path:'),
    ...path.map(([name, gloss]) => `  crm ${name.padEnd(9)} ${gloss}`),
    '',
    strong('All the rest:'),
    ...rows.map(([title, names]) => `  ${title.padEnd(width)}  ${names}`),
    '',
    '`crm help <command>` explains a command, with examples.',
    `Exit codes: ${exitCodes.map(({ code, short }) => `${code} ${short}`).join(', ')}.`,
    '',
  ].join('\n');
}

/** All but those that are there for programs only. */
export function visibleCommands(program: Command): Command[] {
  return program.createHelp().visibleCommands(program);
}
