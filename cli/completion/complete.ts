import type { Argument, Command, Option } from 'commander';
import { languages } from '../../spec/words/language.ts';
import { visibleCommands } from '../help/help.ts';

export interface Offer {
  value: string;
  about: string;
}

export interface Completion {
  offers: Offer[];
  /** The paths that the shell offers in addition. */
  paths?: 'files' | 'folders';
}

/** The names that the definition of the command line does not contain. `folder`: the value of `--project`. */
export interface Known {
  channels(folder: string | undefined): Promise<string[]>;
  campaigns(folder: string | undefined): Promise<string[]>;
  tests(folder: string | undefined): Promise<string[]>;
  segments(folder: string | undefined): Promise<string[]>;
  templates(folder: string | undefined): Promise<string[]>;
  environments(folder: string | undefined): Promise<string[]>;
  /** The diagnostic codes. */
  codes(): Promise<Offer[]>;
}

/** Returns the completions at the cursor. `words`: those after `crm`; the last one is incomplete and may be empty. */
export async function complete(program: Command, words: string[], known: Known): Promise<Completion> {
  const { before, current, prefix } = apart(words);
  const offered = await all(program, before, current, known);
  const fits = offered.offers.filter(({ value }) => value.startsWith(current));
  return { ...offered, offers: fits.map(({ value, about }) => ({ value: prefix + value, about })) };
}

/** Splits `--format=sv` into the option and its value. Bash passes it as three words, other shells as one. */
function apart(words: string[]): { before: string[]; current: string; prefix: string } {
  const typed = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  if (typed === '=') return { before, current: '', prefix: '' };
  const [, option, value] = /^(--[^=]+)=(.*)$/s.exec(typed) ?? [];
  if (option !== undefined && value !== undefined)
    return { before: [...before, option], current: value, prefix: `${option}=` };
  return { before: before.filter((word) => word !== '='), current: typed, prefix: '' };
}

async function all(program: Command, before: string[], current: string, known: Known): Promise<Completion> {
  const [name, ...rest] = withoutLanguage(before);
  if (before.length === 1 && name === '--lang') return { offers: choices(languages) };
  if (name === undefined) return { offers: current.startsWith('-') ? optionsOf(program, []) : commandsOf(program) };
  const command = visibleCommands(program).find((each) => each.name() === name);
  if (!command) return { offers: [] };
  const { args, folder } = typedArguments(command, rest);
  const awaiting = takesValue(command, rest.at(-1));
  if (awaiting) return valuesOf(awaiting, folder, known);
  if (current.startsWith('-')) return { offers: optionsOf(command, rest) };
  const argument = command.registeredArguments[args] ?? command.registeredArguments.find(({ variadic }) => variadic);
  return argument ? argumentValues(argument, program, folder, known) : { offers: [] };
}

/** Removes the option for the language, which may precede the command. */
function withoutLanguage(before: string[]): string[] {
  if (before[0]?.startsWith('--lang=')) return before.slice(1);
  return before[0] === '--lang' && before.length > 1 ? before.slice(2) : before;
}

function commandsOf(program: Command): Offer[] {
  return visibleCommands(program).map((command) => ({ value: command.name(), about: command.description() }));
}

function optionsOf(command: Command, typed: string[]): Offer[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .filter(({ short, long }) => !typed.some((word) => word === short || word === long))
    .map(({ long, short, description }) => ({ value: long ?? short ?? '', about: description }));
}

/** Returns the option that a word names, if it takes a value. */
function takesValue(command: Command, word: string | undefined): Option | undefined {
  const option = command.options.find(({ short, long }) => word !== undefined && (word === short || word === long));
  return option && (option.required || option.optional) ? option : undefined;
}

/** Returns the number of typed arguments, and the folder of the project if it is given. */
function typedArguments(command: Command, typed: string[]): { args: number; folder?: string } {
  let args = 0;
  let folder: string | undefined;
  for (const [i, word] of typed.entries()) {
    const option = takesValue(command, typed[i - 1]);
    if (option?.long === '--project') folder = word;
    if (!option && !word.startsWith('-')) args++;
  }
  return { args, ...(folder !== undefined && { folder }) };
}

async function valuesOf(
  { argChoices, flags, long }: Option,
  folder: string | undefined,
  known: Known,
): Promise<Completion> {
  if (argChoices) return { offers: choices(argChoices) };
  if (long === '--channel') return { offers: choices(await known.channels(folder)) };
  if (long === '--env') return { offers: choices(await known.environments(folder)) };
  if (flags.includes('<folder>')) return { offers: [], paths: 'folders' };
  return flags.includes('<file>') ? { offers: [], paths: 'files' } : { offers: [] };
}

async function argumentValues(
  argument: Argument,
  program: Command,
  folder: string | undefined,
  known: Known,
): Promise<Completion> {
  if (argument.argChoices) return { offers: choices(argument.argChoices) };
  switch (argument.name()) {
    case 'campaign':
      return { offers: choices(await known.campaigns(folder)) };
    case 'segment':
      return { offers: choices(await known.segments(folder)) };
    case 'template':
      return { offers: choices(await known.templates(folder)) };
    case 'what':
      return { offers: choices([...(await known.templates(folder)), ...(await known.campaigns(folder))]) };
    case 'names':
      return { offers: choices([...(await known.campaigns(folder)), ...(await known.tests(folder))]), paths: 'files' };
    case 'code':
      return { offers: await known.codes() };
    case 'command':
      return { offers: commandsOf(program) };
    case 'folder':
      return { offers: [], paths: 'folders' };
    case 'file':
    case 'paths':
    case 'plan':
      return { offers: [], paths: 'files' };
    default:
      return { offers: [] };
  }
}

function choices(values: readonly string[]): Offer[] {
  return values.map((value) => ({ value, about: '' }));
}
