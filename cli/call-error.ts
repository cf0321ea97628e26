import type { Command } from 'commander';
import { UserError } from '../engine/user-error.ts';
import { suggest } from '../spec/words/suggest.ts';
import { t } from '../spec/words/t.ts';
import { commandIn, unknownCommand } from './help/help.ts';

type ErrorOf = (found: string[], call: Call) => UserError;

/** The call that was not understood. */
interface Call {
  program: Command;
  command: Command | undefined;
  /** The command, as typed: `crm graph`. */
  name: string;
}

/** The forms of the parser's messages, and the errors made of them. */
const forms: [RegExp, ErrorOf][] = [
  [/^unknown command '(.*)'/s, ([name = ''], { program }) => unknownCommand(program, name)],
  [/^unknown option '(.*?)'(?:\n|$)/s, ([flag = ''], call) => unknownOption(flag, call)],
  [/^missing required argument '(.*)'$/, ([name = ''], call) => missing(name, call)],
  [
    /^option '(.*)' argument missing$/,
    ([flags = ''], call) => new UserError('wrong-call', t`${longOf(flags)} needs a value: ${flags}.`, pageOf(call)),
  ],
  [
    /^required option '(.*)' not specified$/,
    ([flags = ''], call) => new UserError('wrong-call', t`\`${call.name}\` needs the option ${flags}.`, pageOf(call)),
  ],
  [
    /^(?:option '(.*)' argument|command-argument value) '(.*)' is invalid(?: for argument '(.*)')?\. (.*)$/s,
    ([flags, value = '', argument = '', why = '']) => invalid(flags ? longOf(flags) : `<${argument}>`, value, why),
  ],
  [
    /^option '(.*)' cannot be used with option '(.*)'$/,
    ([one = '', other = '']) =>
      new UserError(
        'wrong-call',
        t`${longOf(one)} and ${longOf(other)} cannot be used together.`,
        t`Leave one of them out.`,
      ),
  ],
  [/^too many arguments.*but got \d+: (.*)\.$/s, ([given = ''], call) => tooMany(given, call)],
];

/** Returns the user error for a message of the command line's parser. `words`: as typed after `crm`. */
export function callError(message: string, program: Command, words: string[]): UserError {
  const typed = commandIn(words);
  const command = program.commands.find((one) => one.name() === typed);
  const call = { program, command, name: command ? `crm ${command.name()}` : 'crm' };
  const text = message.replace(/^error: /, '');
  for (const [form, errorOf] of forms) {
    const found = form.exec(text);
    if (found) return errorOf(found.slice(1), call);
  }
  return new UserError('wrong-call', `${text.charAt(0).toUpperCase()}${text.slice(1)}.`, pageOf(call));
}

function unknownOption(flag: string, call: Call): UserError {
  const { command, program, name } = call;
  const known = (command ?? program).createHelp().visibleOptions(command ?? program);
  const meant = flag.startsWith('--')
    ? suggest(
        flag,
        known.flatMap(({ long }) => long ?? []),
      )
    : undefined;
  return new UserError(
    'wrong-call',
    t`\`${name}\` has no option ${flag}.`,
    meant ? t`Did you mean ${meant}?` : pageOf(call),
  );
}

function missing(name: string, call: Call): UserError {
  const argument = call.command?.registeredArguments.find((one) => one.name() === name);
  const message = t`\`${call.name}\` needs ${`<${name}>`}.`;
  const [choice, ...others] = argument?.argChoices ?? [];
  if (choice !== undefined && others.length === 0)
    return new UserError('wrong-call', message, t`Write \`${call.name} ${choice}\`.`);
  if (choice !== undefined)
    return new UserError('wrong-call', message, t`It is one of ${[choice, ...others].join(', ')}.`);
  return new UserError(
    'wrong-call',
    argument?.description ? `${message} ${argument.description}` : message,
    pageOf(call),
  );
}

function invalid(where: string, value: string, why: string): UserError {
  const choices = /^Allowed choices are (.*)\.$/.exec(why)?.[1]?.split(', ');
  const message = t`${where} cannot be "${value}".`;
  if (!choices) return new UserError('wrong-call', message, why);
  const meant = suggest(value, choices);
  const possible = t`It is one of ${choices.join(', ')}.`;
  return new UserError('wrong-call', message, meant ? `${t`Did you mean ${meant}?`} ${possible}` : possible);
}

function tooMany(given: string, call: Call): UserError {
  const takes = call.command?.registeredArguments.length ?? 0;
  const rest = given.split(', ').slice(takes);
  return new UserError('wrong-call', t`\`${call.name}\` does not take "${rest.join(' ')}".`, pageOf(call));
}

/** Returns `--project` for `-p, --project <folder>`. */
function longOf(flags: string): string {
  return /--[\w-]+/.exec(flags)?.[0] ?? flags;
}

function pageOf({ name }: Call): string {
  return t`\`${name} --help\` shows how it is called.`;
}
