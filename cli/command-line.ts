import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { addHelp, showHelp } from './help/help.ts';
import type { Io } from './io.ts';
import { version } from './version.ts';

/** Read by `chooseLanguage`: the command line itself is in that language. */
const languageHelp = 'The language of texts, en or ru; default: CRM_LANG, else that of the system.';

/**
 * The commands, their arguments and options. What a command does is loaded when it is called: `crm validate` must not
 * pay for a database. `done` is told the exit code.
 */
export function commandLine(io: Io, done: (code: number) => void): Command {
  const program = new Command('crm')
    .description('CRM campaigns as code: segments, journeys and channel cascades in git, planned, applied and run.')
    .version(version, '--version', 'Print the version.')
    .addOption(new Option('--lang <language>', languageHelp))
    .helpOption('-h, --help', 'Explain the command.')
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
      .addOption(new Option('--lang <language>', languageHelp))
      .addOption(new Option('--debug', 'Show where an error comes from.'));
  const onFiles = (name: string, summary: string) =>
    command(name, summary)
      .option(
        '-p, --project <folder>',
        'The folder of the project; otherwise the nearest crm.yaml or project.crm upwards counts.',
      )
      .option('--json', 'Print JSON for programs instead of text for people.');
  const inProject = (name: string, summary: string) =>
    onFiles(name, summary).option(
      '--env <name>',
      'The environment whose values variables have; default: CRM_ENV, or none.',
    );

  command('init', 'Begin a small working project.')
    .argument('[folder]', 'Where; it is made if it does not exist.', '.')
    .addOption(
      new Option('--template <name>', 'What its campaign does; asked for on a terminal, else welcome.').choices([
        'welcome',
        'cart',
        'winback',
        'empty',
      ]),
    )
    .addOption(new Option('--yaml', 'Write YAML; asked for on a terminal, else the default.').conflicts('dsl'))
    .option('--dsl', 'Write Kaskad’s own language.')
    .addOption(
      new Option('--language <language>', 'Of texts and comments; asked for on a terminal, else by LANG.').choices([
        'en',
        'ru',
      ]),
    )
    .option('--timezone <zone>', 'Of the shop, as Europe/Moscow; asked for on a terminal, else the system’s.')
    .option('--currency <code>', 'Of prices, as EUR; asked for on a terminal, else by LANG.')
    .action(async (folder: string, options) =>
      done(await (await import('./commands/init.ts')).init(io, folder, options)),
    );

  command('schema', 'Print the JSON Schema by which editors check the YAML files.').action(async () =>
    done(await (await import('./commands/schema.ts')).schema(io)),
  );

  inProject('import', 'Look at data files, show what is in them, and declare them in the project; asks first.')
    .argument('<files...>', 'Exports of the shop: customers, orders and other events, consent, suppressions.')
    .option(
      '--as <file=kind>',
      'What a file holds: customers, consent, suppressions, or the name of an event; without a file, all files. May be repeated.',
      collected,
      [],
    )
    .option(
      '--name <column=name>',
      'The name of a column in the project, also id, customer or at; nothing after = leaves it out. May be repeated.',
      collected,
      [],
    )
    .option(
      '--sheet <name>',
      'Only this sheet of a workbook; without it all that have rows. May be repeated.',
      collected,
      [],
    )
    .option('--yes', 'Do not ask.')
    .action(async (files: string[], options) =>
      done(await (await import('./commands/import.ts')).importFiles(io, files, options)),
    );

  inProject('validate', 'Check the files of a project; nothing else is read or changed.')
    .addOption(
      new Option('--format <format>', 'text; json, as --json; or for CI: sarif, github (annotations), junit.')
        .choices(['text', 'json', 'sarif', 'github', 'junit'])
        .conflicts('json'),
    )
    .action(async (options) => done(await (await import('./commands/validate.ts')).validate(io, options)));

  inProject('lint', 'Show what is right but hardly meant; `crm validate` shows it too.')
    .option('--fix', 'Put right what can be put right by itself, and show the rest.')
    .action(async (options) => done(await (await import('./commands/lint.ts')).lint(io, options)));

  inProject('test', 'Play the tests of campaigns on the production engine, in memory.')
    .argument('[names...]', 'Tests, campaigns, or files and folders with tests; otherwise all tests.')
    .option('-v, --verbose', 'Name also the tests that pass.')
    .option('--coverage', 'List the steps and arms that no test reaches.')
    .addOption(
      new Option('--min-coverage <percent>', 'Fail where the tests reach less of a campaign.').argParser(percentage),
    )
    .option('--junit <file>', 'Write a report for CI as well.')
    .option('--watch', 'Play again, after each change, what it may concern; until Ctrl-C.')
    .action(async (names: string[], options) =>
      done(await (await import('./commands/test.ts')).test(io, names, options)),
    );

  command('explain-code', 'Tell what the code of a finding means, with an example and the same put right.')
    .argument('[code]', 'As in CRM4003, or the name of a lint rule; otherwise all are listed.')
    .option('--json', 'Print JSON for programs instead of text for people.')
    .action(async (code: string | undefined, options) =>
      done(await (await import('./commands/explain-code.ts')).explainCode(io, code, options)),
    );

  onFiles('fmt', 'Bring the files of a project into their canonical form; comments stay.')
    .argument('[paths...]', 'Files or folders; otherwise the whole project.')
    .option('--check', 'Change nothing; list what would change, and exit with 1 if there is anything.')
    .action(async (paths: string[], options) =>
      done(await (await import('./commands/fmt.ts')).fmt(io, paths, options)),
    );

  inProject('convert', 'Write files in the DSL that are in YAML, or the reverse; comments stay.')
    .argument('[file]', 'The file to convert.')
    .option('--all', 'Every file that is not on that surface yet.')
    .addOption(new Option('--to <surface>', 'Where to.').choices(['dsl', 'yaml']).makeOptionMandatory())
    .option('--stdout', 'Print what would be written; change nothing.')
    .action(async (file: string | undefined, options) =>
      done(await (await import('./commands/convert.ts')).convert(io, file, options)),
    );

  inProject('compile', 'Print the executable form of a project.').action(async (options) =>
    done(await (await import('./commands/compile.ts')).compile(io, options)),
  );

  const goOn = 'Go on with what can be read, also if more of a data file is lost than data.tolerance';
  const badData = () => new Option('--allow-bad-data', `${goOn}.`);
  const believed = () =>
    new Option('--allow-bad-data', `${goOn}; customers whom files with \`complete: true\` name no more are removed.`);

  inProject('plan', 'Show what an apply would change, and what that would do in the next 7 days.')
    .option('-o, --out <file>', 'Write the plan to a file that `crm apply` executes exactly as it is.')
    .option('--detailed-exitcode', 'Exit with 2 when there are changes.')
    .addOption(badData())
    .action(async (options) => done(await (await import('./commands/plan.ts')).plan(io, options)));

  inProject('apply', 'Make the project, or a plan of it, what runs.')
    .argument('[plan]', 'A file written by `crm plan --out`.')
    .option('--auto-approve', 'Do not ask.')
    .addOption(badData())
    .action(async (file: string | undefined, options) =>
      done(await (await import('./commands/apply.ts')).apply(io, file, options)),
    );

  inProject(
    'simulate',
    'Run the project under a virtual clock on its data files. Nothing is sent, no store is touched.',
  )
    .option(
      '--from <instant>',
      'First instant, as in 2026-03-02 or 2026-03-02T10:00:00+03:00; default: the project’s, or now.',
    )
    .option('--to <instant>', 'The instant to stop before.')
    .addOption(new Option('--days <number>', 'How many days; default: 30.').argParser(positive).conflicts('to'))
    .option(
      '--grid <duration>',
      'Take steps this long, as in "1 hour": quicker, but approximate; default: the project’s tick.',
    )
    .option('--seed <text>', 'Decides who opens and clicks; default: the project’s.')
    .option('--launch <campaigns...>', 'Launch these at the beginning, which otherwise only `crm launch` does.')
    .option('--render <folder>', 'Write some of the messages there as files, and a page that shows them.')
    .option('--samples <number>', 'How many messages of each step to write.', positive, 5)
    .action(async (options) => done(await (await import('./commands/simulate.ts')).simulate(io, options)));

  inProject('tick', 'Do what is due now, send it, and exit; for cron and the like.')
    .option(
      '--at <instant>',
      'Tick as if it were this instant, as in 2026-03-08T10:00 (the project’s time); it must not lie before the last tick.',
    )
    .option('--force', 'Also if --at lies after the clock.')
    .option('--no-dispatch', 'Decide, but send nothing.')
    .addOption(believed())
    .action(async (options) => done(await (await import('./commands/tick.ts')).tick(io, options)));

  inProject(
    'run',
    'Tick on the grid and send, until Ctrl-C; a second one ends at once. The log is for people on a terminal, else JSON.',
  )
    .addOption(believed())
    .action(async (options) => done(await (await import('./commands/run.ts')).run(io, options)));

  inProject('explain', 'Tell the story of a customer: why each message was or was not sent.')
    .argument('<customer>', 'The customer’s id in the shop’s data.')
    .action(async (customer: string, options) =>
      done(await (await import('./commands/explain.ts')).explain(io, customer, options)),
    );

  inProject('customer', 'Show all that is known of a customer, and what comes next.')
    .argument('<whom>', 'The id in the shop’s data, an e-mail address, a phone number, or a part of the name.')
    .action(async (whom: string, options) =>
      done(await (await import('./commands/customer.ts')).customer(io, whom, options)),
    );

  inProject('segment', 'Show how many customers a segment has, list them, or say why one is in it or is not.')
    .argument('<segment>', 'Its name.')
    .addOption(new Option('--list', 'List its customers and their attributes as CSV.').conflicts('json'))
    .addOption(
      new Option('--why <customer>', 'Which conditions hold for this one: id, address or part of a name.').conflicts([
        'list',
        'out',
      ]),
    )
    .addOption(new Option('-o, --out <file>', 'Write the list to a file that only you can read.').conflicts('json'))
    .action(async (name: string, options) =>
      done(await (await import('./commands/segment.ts')).segment(io, name, options)),
    );

  inProject('audience', 'Show who is inside a campaign, by step, and who may enter it.')
    .argument('<campaign>', 'Its name.')
    .addOption(new Option('--list', 'List these customers and their attributes as CSV.').conflicts('json'))
    .addOption(new Option('-o, --out <file>', 'Write the list to a file that only you can read.').conflicts('json'))
    .action(async (name: string, options) =>
      done(await (await import('./commands/audience.ts')).audience(io, name, options)),
    );

  inProject('status', 'Show what is applied, who is where, what waits, and what could not be read.')
    .option('--all', 'List every problem of the data, not only each cause with its first places.')
    .action(async (options) => done(await (await import('./commands/status.ts')).status(io, options)));

  inProject('data', 'Look at the data files of a project: what is wrong with them, by cause, the worst first.')
    .addArgument(new Argument('<action>', 'What to do.').choices(['check']))
    .addOption(
      new Option('--format <format>', 'text; json, as --json; or html, a page that is complete in itself.')
        .choices(['text', 'json', 'html'])
        .conflicts('json'),
    )
    .option('--all', 'With every place of each cause, not only the first three.')
    .option('-o, --out <file>', 'Write it to a file.')
    .action(async (_action: string, options) =>
      done(await (await import('./commands/data-check.ts')).dataCheck(io, options)),
    );

  inProject('preview', 'Show a template as a customer would see it: as text, and as a page with phone and desktop.')
    .argument('<template>', 'Its name, as in cart/reminder.')
    .option('--customer <whom>', 'With the data of this one: id, address or part of a name; default: sample values.')
    .option('--channel <name>', 'Only for this channel, or kind of channel; default: for all it has a text for.')
    .option(
      '--event <file>',
      'With the event in this file, a JSON object; default: the customer’s latest, else samples.',
    )
    .option('--locale <locale>', 'In this language, as in ru or pt-BR; default: the customer’s, else the project’s.')
    .option('-o, --out <file>', 'Write the page there; default: among the temporary files.')
    .option('--open', 'Open the page in the browser.')
    .action(async (template: string, options) =>
      done(await (await import('./commands/preview.ts')).preview(io, template, options)),
    );

  inProject('send-test', 'Send a template, or each message of a campaign, to an address: marked, and counted nowhere.')
    .argument('<what>', 'A template, as in cart/reminder, or a campaign.')
    .option('--to <address>', 'Where to: an e-mail address.')
    .option('--channel <name>', 'Only by this channel, or kind of channel; webhooks and tasks only so.')
    .option('--customer <whom>', 'With the data of this one: id, address or part of a name; default: sample values.')
    .option(
      '--event <file>',
      'With the event in this file, a JSON object; default: the customer’s latest, else samples.',
    )
    .option('--locale <locale>', 'In this language, as in ru or pt-BR; default: the customer’s, else the project’s.')
    .option('--auto-approve', 'Do not ask, also for more than 5 messages.')
    .action(async (what: string, options) =>
      done(await (await import('./commands/send-test.ts')).sendTest(io, what, options)),
    );

  inProject('graph', 'Draw the journey of a campaign, or of all of them.')
    .argument('[campaign]', 'Its name; otherwise all campaigns are drawn.')
    .addOption(
      new Option('--format <format>', 'Mermaid text, or a picture; default: as the file is called.')
        .choices(['mermaid', 'svg'])
        .conflicts('json'),
    )
    .option('-o, --out <file>', 'Write it to a file.')
    .action(async (campaign: string | undefined, options) =>
      done(await (await import('./commands/graph.ts')).graph(io, campaign, options)),
    );

  inProject('launch', 'Bring in the audience of a campaign that starts by hand; shows it and asks first.')
    .argument('<campaign>', 'A campaign with `on: { launch: manual }`, applied.')
    .option('--at <instant>', 'When, as in 2026-03-08T10:00; default: at the next tick.')
    .option('--auto-approve', 'Do not ask.')
    .action(async (campaign: string, options) =>
      done(await (await import('./commands/launch.ts')).launch(io, campaign, options)),
    );

  inProject(
    'pause',
    'Stop a campaign, a channel or everything where it is; a running `crm run` heeds it within a second.',
  )
    .argument('[campaign]', 'An applied campaign: nobody in it moves on, and none of its messages leaves.')
    .option('--channel <name>', 'Only what leaves by this channel: its messages wait.')
    .option('--all', 'Everything.')
    .action(async (campaign: string | undefined, options) =>
      done(await (await import('./commands/pause.ts')).pause(io, campaign, options)),
    );

  inProject('resume', 'Let go on what `crm pause` has stopped.')
    .argument('[campaign]', 'A campaign that is paused.')
    .option('--channel <name>', 'A channel that is paused.')
    .option('--all', 'Lift every pause.')
    .action(async (campaign: string | undefined, options) =>
      done(await (await import('./commands/pause.ts')).resume(io, campaign, options)),
    );

  inProject('suppression', 'List, add or lift suppressions: who gets nothing by which channel.')
    .addArgument(new Argument('<action>', 'What to do.').choices(['list', 'add', 'lift']))
    .argument('[whom]', 'A customer’s id in the shop’s data, or an address. To list: of whom; default: of everybody.')
    .option('--channel <name>', 'A channel, or a kind of channel; default: every channel.')
    .option('--reason <text>', 'To add: why; default: by-hand.')
    .action(async (action: string, whom: string | undefined, options) =>
      done(await (await import('./commands/suppression.ts')).suppression(io, action, whom, options)),
    );

  inProject('erase', 'Remove a customer from the store for good; asks first.')
    .argument('<customer>', 'The customer’s id in the shop’s data.')
    .option('--auto-approve', 'Do not ask.')
    .action(async (customer: string, options) =>
      done(await (await import('./commands/erase.ts')).erase(io, customer, options)),
    );

  command('lsp', 'Speak the language server protocol on standard input and output; for editors.')
    .addOption(new Option('--stdio', 'What it does anyway; editors say so.').hideHelp())
    .action(async () => done(await (await import('./commands/lsp.ts')).lsp(io)));

  command('completion', 'Print what makes a shell complete `crm` with Tab.')
    .addArgument(new Argument('<shell>', 'Which one.').choices(['bash', 'zsh', 'fish']))
    .action(async (shell) => done(await (await import('./commands/completion.ts')).completion(io, shell)));

  program
    .command('__complete', { hidden: true })
    .argument('[words...]')
    .action(async (words: string[]) =>
      done(await (await import('./commands/completion.ts')).answer(io, program, words)),
    );

  program
    .command('help')
    .description('Explain a command.')
    .argument('[command]', 'Its name; otherwise the overview is shown.')
    .action((name: string | undefined) => showHelp(program, name));

  addHelp(program);
  return program;
}

function collected(text: string, all: string[]): string[] {
  return [...all, text];
}

function percentage(text: string): number {
  const number = Number(text.replace(/%$/, ''));
  if (Number.isInteger(number) && number >= 0 && number <= 100) return number;
  throw new InvalidArgumentError('Write a whole number from 0 to 100.');
}

function positive(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('Write a whole number from 1 upwards.');
  return number;
}
