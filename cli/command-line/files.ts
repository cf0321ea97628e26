import { Option } from 'commander';
import { t } from '../../spec/words/t.ts';
import type { Commands } from './commands.ts';
import { collected, percentage } from './values.ts';

/** Adds the commands that need nothing but the files of a project. */
export function commandsOnFiles({ io, done, command, onFiles, inProject }: Commands): void {
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
      done(await (await import('../commands/init.ts')).init(io, folder, options)),
    );

  command('schema', t`Print the JSON Schema by which editors check the YAML files.`).action(async () =>
    done(await (await import('../commands/schema.ts')).schema(io)),
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
      done(await (await import('../commands/import.ts')).importFiles(io, files, options)),
    );

  inProject('validate', t`Check the files of a project; nothing else is read or changed.`)
    .addOption(
      new Option(
        '--format <format>',
        t`text; json, as --json; or for CI: sarif, github or gitlab (annotations), junit.`,
      )
        .choices(['text', 'json', 'sarif', 'github', 'gitlab', 'junit'])
        .conflicts('json'),
    )
    .action(async (options) => done(await (await import('../commands/validate.ts')).validate(io, options)));

  inProject('lint', t`Show what is valid but hardly meant; \`crm validate\` shows it too.`)
    .option('--fix', t`Put right what can be put right by itself, and show the rest.`)
    .action(async (options) => done(await (await import('../commands/lint.ts')).lint(io, options)));

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
      done(await (await import('../commands/test.ts')).test(io, names, options)),
    );

  command('explain-code', t`Explain the code of a finding, with a wrong example and a right one.`)
    .argument('[code]', t`As in CRM4003, or the name of a lint rule; otherwise all are listed.`)
    .option('--json', t`Print JSON for programs instead of text for people.`)
    .action(async (code: string | undefined, options) =>
      done(await (await import('../commands/explain-code.ts')).explainCode(io, code, options)),
    );

  onFiles('fmt', t`Format the files of a project; comments stay.`)
    .argument('[paths...]', t`Files or folders; otherwise the whole project.`)
    .option('--check', t`Change nothing; list what would change, and exit with 1 if there is anything.`)
    .action(async (paths: string[], options) =>
      done(await (await import('../commands/fmt.ts')).fmt(io, paths, options)),
    );

  inProject('convert', t`Write files in the DSL that are in YAML, or the reverse; comments stay.`)
    .argument('[file]', t`The file to convert.`)
    .option('--all', t`Every file that is not on that surface yet.`)
    .addOption(new Option('--to <surface>', t`Where to.`).choices(['dsl', 'yaml']).makeOptionMandatory())
    .option('--stdout', t`Print what would be written; change nothing.`)
    .action(async (file: string | undefined, options) =>
      done(await (await import('../commands/convert.ts')).convert(io, file, options)),
    );

  inProject('compile', t`Print the executable form of a project.`).action(async (options) =>
    done(await (await import('../commands/compile.ts')).compile(io, options)),
  );
}
