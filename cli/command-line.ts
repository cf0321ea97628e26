import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { languages } from '../spec/words/language.ts';
import { t } from '../spec/words/t.ts';
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
      t`The environment whose values variables have; default: CRM_ENV, or none.`,
    );

  command('init', t`Begin a small working project.`)
    .argument('[folder]', t`Where; it is made if it does not exist.`, '.')
    .addOption(
      new Option('--template <name>', t`What its campaign does; asked for on a terminal, else welcome.`).choices([
        'welcome',
        'cart',
        'winback',
        'empty',
      ]),
    )
    .addOption(new Option('--yaml', t`Write YAML; asked for on a terminal, else the default.`).conflicts('dsl'))
    .option('--dsl', t`Write Kaskad’s own language.`)
    .addOption(
      new Option(
        '--language <language>',
        t`Of texts and comments; asked for on a terminal, else by --lang or LANG.`,
      ).choices(['en', 'ru']),
    )
    .option('--timezone <zone>', t`Of the shop, as Europe/Moscow; asked for on a terminal, else the system’s.`)
    .option('--currency <code>', t`Of prices, as EUR; asked for on a terminal, else by LANG.`)
    .action(async (folder: string, options) =>
      done(await (await import('./commands/init.ts')).init(io, folder, options)),
    );

  command('schema', t`Print the JSON Schema by which editors check the YAML files.`).action(async () =>
    done(await (await import('./commands/schema.ts')).schema(io)),
  );

  inProject('import', t`Examine data files, show their contents, and declare them in the project; asks first.`)
    .argument('<files...>', t`Exports of the shop: customers, orders and other events, consent, suppressions.`)
    .option(
      '--as <file=kind>',
      t`What a file holds: customers, consent, suppressions, or the name of an event; without a file, all files. May be repeated.`,
      collected,
      [],
    )
    .option(
      '--name <column=name>',
      t`The name of a column in the project, also id, customer or at; nothing after = leaves it out. May be repeated.`,
      collected,
      [],
    )
    .option(
      '--sheet <name>',
      t`Only this sheet of a workbook; without it all that have rows. May be repeated.`,
      collected,
      [],
    )
    .option('--yes', t`Do not ask.`)
    .action(async (files: string[], options) =>
      done(await (await import('./commands/import.ts')).importFiles(io, files, options)),
    );

  inProject('validate', t`Check the files of a project; nothing else is read or changed.`)
    .addOption(
      new Option('--format <format>', t`text; json, as --json; or for CI: sarif, github (annotations), junit.`)
        .choices(['text', 'json', 'sarif', 'github', 'junit'])
        .conflicts('json'),
    )
    .action(async (options) => done(await (await import('./commands/validate.ts')).validate(io, options)));

  inProject('lint', t`Show what is valid but hardly meant; \`crm validate\` shows it too.`)
    .option('--fix', t`Put right what can be put right by itself, and show the rest.`)
    .action(async (options) => done(await (await import('./commands/lint.ts')).lint(io, options)));

  inProject('test', t`Run the tests of campaigns on the production engine, in memory.`)
    .argument('[names...]', t`Tests, campaigns, or files and folders with tests; otherwise all tests.`)
    .option('-v, --verbose', t`Name also the tests that pass.`)
    .option('--coverage', t`List the steps and arms that no test reaches.`)
    .addOption(
      new Option('--min-coverage <percent>', t`Fail where the tests reach less of a campaign.`).argParser(percentage),
    )
    .option('--junit <file>', t`Write a report for CI as well.`)
    .option('--watch', t`Play again, after each change, what it may concern; until Ctrl-C.`)
    .action(async (names: string[], options) =>
      done(await (await import('./commands/test.ts')).test(io, names, options)),
    );

  command('explain-code', t`Explain the code of a finding, with a wrong example and a right one.`)
    .argument('[code]', t`As in CRM4003, or the name of a lint rule; otherwise all are listed.`)
    .option('--json', t`Print JSON for programs instead of text for people.`)
    .action(async (code: string | undefined, options) =>
      done(await (await import('./commands/explain-code.ts')).explainCode(io, code, options)),
    );

  onFiles('fmt', t`Format the files of a project; comments stay.`)
    .argument('[paths...]', t`Files or folders; otherwise the whole project.`)
    .option('--check', t`Change nothing; list what would change, and exit with 1 if there is anything.`)
    .action(async (paths: string[], options) =>
      done(await (await import('./commands/fmt.ts')).fmt(io, paths, options)),
    );

  inProject('convert', t`Write files in the DSL that are in YAML, or the reverse; comments stay.`)
    .argument('[file]', t`The file to convert.`)
    .option('--all', t`Every file that is not on that surface yet.`)
    .addOption(new Option('--to <surface>', t`Where to.`).choices(['dsl', 'yaml']).makeOptionMandatory())
    .option('--stdout', t`Print what would be written; change nothing.`)
    .action(async (file: string | undefined, options) =>
      done(await (await import('./commands/convert.ts')).convert(io, file, options)),
    );

  inProject('compile', t`Print the executable form of a project.`).action(async (options) =>
    done(await (await import('./commands/compile.ts')).compile(io, options)),
  );

  const badData = () =>
    new Option(
      '--allow-bad-data',
      t`Go on with what can be read, also if more of a data file is lost than data.tolerance.`,
    );
  const believed = () =>
    new Option(
      '--allow-bad-data',
      t`Go on with what can be read, also if more of a data file is lost than data.tolerance; customers whom files with \`complete: true\` name no more are removed.`,
    );

  const sample = () =>
    new Option(
      '--sample <customers>',
      t`Simulate only about so many customers, drawn by their ids, and estimate what all would get; for large shops.`,
    ).argParser(positive);

  inProject('plan', t`Show what an apply would change, and what that would do in the next 7 days.`)
    .option('-o, --out <file>', t`Write the plan to a file that \`crm apply\` executes exactly as it is.`)
    .option(
      '--base <commit>',
      t`Compare with the files of this commit of git, or of a folder (./before), instead of what is applied. Needs no store.`,
    )
    .addOption(
      new Option('--format <format>', t`Print text, json (as --json), or markdown for a pull request.`).choices([
        ...['text', 'json', 'markdown'],
      ]),
    )
    .addOption(
      new Option(
        '--budget <characters>',
        t`The most characters of --format markdown, 60000 by default: what matters least is left out.`,
      ).argParser(positive),
    )
    .option('--detailed-exitcode', t`Exit with 2 when there are changes.`)
    .addOption(sample())
    .addOption(badData())
    .action(async (options) => done(await (await import('./commands/plan.ts')).plan(io, options)));

  inProject('apply', t`Make the project, or a plan of it, what runs.`)
    .argument('[plan]', t`A file written by \`crm plan --out\`.`)
    .option('--auto-approve', t`Do not ask.`)
    .addOption(badData())
    .action(async (file: string | undefined, options) =>
      done(await (await import('./commands/apply.ts')).apply(io, file, options)),
    );

  inProject(
    'simulate',
    t`Run the project under a virtual clock on its data files. Nothing is sent, no store is touched.`,
  )
    .option(
      '--from <instant>',
      t`First instant, as in 2026-03-02 or 2026-03-02T10:00:00+03:00; default: the project’s, or now.`,
    )
    .option('--to <instant>', t`The instant to stop before.`)
    .addOption(new Option('--days <number>', t`How many days; default: 30.`).argParser(positive).conflicts('to'))
    .option('--seed <text>', t`Decides who opens and clicks; default: the project’s.`)
    .addOption(sample())
    .option('--launch <campaigns...>', t`Launch these at the beginning, which otherwise only \`crm launch\` does.`)
    .option('--render <folder>', t`Write some of the messages there as files, and a page that shows them.`)
    .option('--samples <number>', t`How many messages of each step to write.`, positive, 5)
    .action(async (options) => done(await (await import('./commands/simulate.ts')).simulate(io, options)));

  inProject('tick', t`Do what is due now, send it, and exit; for cron and the like.`)
    .option(
      '--at <instant>',
      t`Tick as if it were this instant, as in 2026-03-08T10:00 (the project’s time); it must not lie before the last tick.`,
    )
    .option('--force', t`Also if --at lies after the clock.`)
    .option('--no-dispatch', t`Decide, but send nothing.`)
    .addOption(believed())
    .action(async (options) => done(await (await import('./commands/tick.ts')).tick(io, options)));

  inProject(
    'run',
    t`Tick on the grid and send, until Ctrl-C; a second one ends at once. The log is for people on a terminal, else JSON.`,
  )
    .addOption(believed())
    .action(async (options) => done(await (await import('./commands/run.ts')).run(io, options)));

  inProject('explain', t`Tell the story of a customer: why each message was or was not sent.`)
    .argument('<customer>', t`The customer’s id in the shop’s data.`)
    .action(async (customer: string, options) =>
      done(await (await import('./commands/explain.ts')).explain(io, customer, options)),
    );

  inProject('customer', t`Show everything known about a customer, and the next steps.`)
    .argument('<whom>', t`The id in the shop’s data, an e-mail address, a phone number, or a part of the name.`)
    .action(async (whom: string, options) =>
      done(await (await import('./commands/customer.ts')).customer(io, whom, options)),
    );

  inProject('segment', t`Show how many customers a segment has, list them, or explain why one is or is not in it.`)
    .argument('<segment>', t`Its name.`)
    .addOption(new Option('--list', t`List its customers and their attributes as CSV.`).conflicts('json'))
    .addOption(
      new Option('--why <customer>', t`Which conditions hold for this one: id, address or part of a name.`).conflicts([
        'list',
        'out',
      ]),
    )
    .addOption(new Option('-o, --out <file>', t`Write the list to a file that only you can read.`).conflicts('json'))
    .action(async (name: string, options) =>
      done(await (await import('./commands/segment.ts')).segment(io, name, options)),
    );

  inProject('audience', t`Show who is inside a campaign, by step, and who may enter it.`)
    .argument('<campaign>', t`Its name.`)
    .addOption(new Option('--list', t`List these customers and their attributes as CSV.`).conflicts('json'))
    .addOption(new Option('-o, --out <file>', t`Write the list to a file that only you can read.`).conflicts('json'))
    .action(async (name: string, options) =>
      done(await (await import('./commands/audience.ts')).audience(io, name, options)),
    );

  inProject('status', t`Show the deployment, the customers by step, what waits, and what could not be read.`)
    .option('--all', t`List every problem of the data, not only each cause with its first places.`)
    .action(async (options) => done(await (await import('./commands/status.ts')).status(io, options)));

  inProject('data', t`Check the data files of a project, and list the problems by cause, the worst first.`)
    .addArgument(new Argument('<action>', t`What to do.`).choices(['check']))
    .addOption(
      new Option('--format <format>', t`text; json, as --json; or html, a page that is complete in itself.`)
        .choices(['text', 'json', 'html'])
        .conflicts('json'),
    )
    .option('--all', t`With every place of each cause, not only the first three.`)
    .option('-o, --out <file>', t`Write it to a file.`)
    .action(async (_action: string, options) =>
      done(await (await import('./commands/data-check.ts')).dataCheck(io, options)),
    );

  inProject('preview', t`Show a template as a customer would see it: as text, and as a page with phone and desktop.`)
    .argument('<template>', t`Its name, as in cart/reminder.`)
    .option('--customer <whom>', t`With the data of this one: id, address or part of a name; default: sample values.`)
    .option('--channel <name>', t`Only for this channel, or kind of channel; default: for all it has a text for.`)
    .option(
      '--event <file>',
      t`With the event in this file, a JSON object; default: the customer’s latest, else samples.`,
    )
    .option('--locale <locale>', t`In this language, as in ru or pt-BR; default: the customer’s, else the project’s.`)
    .option('-o, --out <file>', t`Write the page there; default: among the temporary files.`)
    .option('--open', t`Open the page in the browser.`)
    .action(async (template: string, options) =>
      done(await (await import('./commands/preview.ts')).preview(io, template, options)),
    );

  inProject('send-test', t`Send a template, or each message of a campaign, to an address: marked, and counted nowhere.`)
    .argument('<what>', t`A template, as in cart/reminder, or a campaign.`)
    .option('--to <address>', t`Where to: an e-mail address.`)
    .option('--channel <name>', t`Only by this channel, or kind of channel; webhooks and tasks only so.`)
    .option('--customer <whom>', t`With the data of this one: id, address or part of a name; default: sample values.`)
    .option(
      '--event <file>',
      t`With the event in this file, a JSON object; default: the customer’s latest, else samples.`,
    )
    .option('--locale <locale>', t`In this language, as in ru or pt-BR; default: the customer’s, else the project’s.`)
    .option('--auto-approve', t`Do not ask, also for more than 5 messages.`)
    .action(async (what: string, options) =>
      done(await (await import('./commands/send-test.ts')).sendTest(io, what, options)),
    );

  inProject('graph', t`Draw the journey of a campaign, or of all of them.`)
    .argument('[campaign]', t`Its name; otherwise all campaigns are drawn.`)
    .addOption(
      new Option('--format <format>', t`Mermaid text, or a picture; default: as the file is called.`)
        .choices(['mermaid', 'svg'])
        .conflicts('json'),
    )
    .option('-o, --out <file>', t`Write it to a file.`)
    .action(async (campaign: string | undefined, options) =>
      done(await (await import('./commands/graph.ts')).graph(io, campaign, options)),
    );

  inProject('launch', t`Let the audience enter a campaign that starts by hand; shows it and asks first.`)
    .argument('<campaign>', t`A campaign with \`on: { launch: manual }\`, applied.`)
    .option('--at <instant>', t`When, as in 2026-03-08T10:00; default: at the next tick.`)
    .option('--auto-approve', t`Do not ask.`)
    .action(async (campaign: string, options) =>
      done(await (await import('./commands/launch.ts')).launch(io, campaign, options)),
    );

  inProject(
    'pause',
    t`Stop a campaign, a channel or everything where it is; a running \`crm run\` follows within a second.`,
  )
    .argument('[campaign]', t`An applied campaign: nobody in it moves on, and none of its messages leaves.`)
    .option('--channel <name>', t`Only what leaves by this channel: its messages wait.`)
    .option('--all', t`Everything.`)
    .action(async (campaign: string | undefined, options) =>
      done(await (await import('./commands/pause.ts')).pause(io, campaign, options)),
    );

  inProject('resume', t`Continue what \`crm pause\` has stopped.`)
    .argument('[campaign]', t`A campaign that is paused.`)
    .option('--channel <name>', t`A channel that is paused.`)
    .option('--all', t`Lift every pause.`)
    .action(async (campaign: string | undefined, options) =>
      done(await (await import('./commands/pause.ts')).resume(io, campaign, options)),
    );

  inProject('suppression', t`List, add or lift suppressions: who gets nothing by which channel.`)
    .addArgument(new Argument('<action>', t`What to do.`).choices(['list', 'add', 'lift']))
    .argument('[whom]', t`A customer’s id in the shop’s data, or an address. To list: of whom; default: of everybody.`)
    .option('--channel <name>', t`A channel, or a kind of channel; default: every channel.`)
    .option('--reason <text>', t`To add: why; default: by-hand.`)
    .action(async (action: string, whom: string | undefined, options) =>
      done(await (await import('./commands/suppression.ts')).suppression(io, action, whom, options)),
    );

  inProject('erase', t`Remove a customer from the store for good; asks first.`)
    .argument('<customer>', t`The customer’s id in the shop’s data.`)
    .option('--auto-approve', t`Do not ask.`)
    .action(async (customer: string, options) =>
      done(await (await import('./commands/erase.ts')).erase(io, customer, options)),
    );

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

function collected(text: string, all: string[]): string[] {
  return [...all, text];
}

function percentage(text: string): number {
  const number = Number(text.replace(/%$/, ''));
  if (Number.isInteger(number) && number >= 0 && number <= 100) return number;
  throw new InvalidArgumentError(t`Write a whole number from 0 to 100.`);
}

function positive(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError(t`Write a whole number from 1 upwards.`);
  return number;
}
