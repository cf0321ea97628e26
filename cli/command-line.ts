import { Argument, Command, Option } from 'commander';
import { languages } from '../spec/words/language.ts';
import { t } from '../spec/words/t.ts';
import { commandsInCi } from './command-line/ci.ts';
import type { Commands } from './command-line/commands.ts';
import { commandsOnDeployments } from './command-line/deployments.ts';
import { commandsThatExecute } from './command-line/execution.ts';
import { commandsOnFiles } from './command-line/files.ts';
import { commandsThatIntervene } from './command-line/intervention.ts';
import { commandsThatLook } from './command-line/looking.ts';
import { addHelp, showHelp } from './help/help.ts';
import type { Io } from './io.ts';
import { version } from './version.ts';

/**
 * Returns the commands, their arguments and options. The module of a command is loaded when it is called: `crm validate` must not
 * pay for a database. `done` gets the exit code.
 */
export function commandLine(io: Io, done: (code: number) => void): Command {
  // Read by `chooseLanguage`: the command line itself is in that language.
  const languageHelp = t`The language of texts, en or ru; default: CRM_LANG, else that of the system.`;
  const program = new Command('crm')
    .description(t`CRM campaigns as code: segments, journeys and channel cascades in git, planned, applied and run.`)
    .version(version, '--version', t`Print the version.`)
    .addOption(new Option('--lang <language>', languageHelp).choices(languages))
    .helpOption('-h, --help', t`Explain the command.`)
    .helpCommand(false)
    .configureOutput({
      writeOut: (text) => void io.out(text),
      writeErr: (text) => io.err(text),
      // `crm` shows it in the form of all errors.
      outputError: () => undefined,
      getOutHelpWidth: () => io.view.width,
      getErrHelpWidth: () => io.errorView.width,
      getOutHasColors: () => io.view.color,
      getErrHasColors: () => io.errorView.color,
    })
    .exitOverride();

  const command = (name: string, summary: string) =>
    program
      .command(name)
      .description(summary)
      .addOption(new Option('--lang <language>', languageHelp).choices(languages))
      .addOption(new Option('--debug', t`Show where an error comes from.`));
  const onFiles = (name: string, summary: string) =>
    command(name, summary)
      .option(
        '-p, --project <folder>',
        t`The folder of the project; otherwise the nearest crm.yaml or project.crm upwards counts.`,
      )
      .option('--json', t`Print JSON for programs instead of text for people.`);
  const inProject = (name: string, summary: string) =>
    onFiles(name, summary).option(
      '--env <name>',
      t`The environment, which decides on variables, channels and the store; default: CRM_ENV, or none.`,
    );

  const acting = (name: string, summary: string) =>
    inProject(name, summary).option(
      '--as <name>',
      t`Who does this, for the audit log; default: CRM_ACTOR, else git’s user.name, else the account.`,
    );

  const commands: Commands = { io, done, command, onFiles, inProject, acting };
  commandsOnFiles(commands);
  commandsThatExecute(commands);
  commandsOnDeployments(commands);
  commandsThatLook(commands);
  commandsThatIntervene(commands);
  commandsInCi(commands);

  command('lsp', t`Serve editors by the language server protocol on standard input and output.`)
    .addOption(new Option('--stdio', t`What it does anyway; editors say so.`).hideHelp())
    .action(async (_options, all: Command) =>
      done(await (await import('./commands/lsp.ts')).lsp(io, all.optsWithGlobals())),
    );

  command('completion', t`Print the script with which a shell completes \`crm\` on Tab.`)
    .addArgument(new Argument('<shell>', t`Which one.`).choices(['bash', 'zsh', 'fish']))
    .action(async (shell) => done(await (await import('./commands/completion.ts')).completion(io, shell)));

  program
    .command('__complete', { hidden: true })
    .argument('[words...]')
    .action(async (words: string[]) =>
      done(await (await import('./commands/completion.ts')).printCompletions(io, program, words)),
    );

  program
    .command('help')
    .description(t`Explain a command.`)
    .argument('[command]', t`Its name; otherwise the overview is shown.`)
    .action((name: string | undefined) => showHelp(program, name));

  addHelp(program);
  return program;
}
