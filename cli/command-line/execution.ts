import { Option } from 'commander';
import { t } from '../../spec/words/t.ts';
import type { Commands } from './commands.ts';
import { collected, duration, positive } from './values.ts';

/** Adds the commands that plan, simulate and execute a project. */
export function commandsThatExecute({ io, done, inProject, acting }: Commands): void {
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

  const signed = () => new Option('--verify-signatures', t`Take only commits whose signature git trusts here.`);

  const target = () =>
    new Option(
      '--target <address>',
      t`Only the change of this, as campaign.welcome, and of what it needs; everything else stays as it is applied. May be repeated.`,
    ).argParser(collected);

  const sample = () =>
    new Option(
      '--sample <customers>',
      t`Simulate only about so many customers, drawn by their ids, and estimate what all would get; for large shops.`,
    ).argParser(positive);

  const budget = () =>
    new Option(
      '--budget <characters>',
      t`The most characters of --format markdown, 60000 by default: what matters least is left out.`,
    ).argParser(positive);

  inProject('plan', t`Show what an apply would change, and what that would do in the next 7 days.`)
    .option('-o, --out <file>', t`Write the plan to a file that \`crm apply\` executes exactly as it is.`)
    .option(
      '--base <commit>',
      t`Compare with the files of this commit of git, or of a folder (./before), instead of what is applied. Needs no store.`,
    )
    .addOption(
      new Option(
        '--format <format>',
        t`text; json, as --json; markdown, for a pull request; html, a page with everything; github or gitlab, annotations.`,
      )
        .choices(['text', 'json', 'markdown', 'html', 'github', 'gitlab'])
        .conflicts('json'),
    )
    .addOption(budget())
    .addOption(target())
    .option('--detailed-exitcode', t`Exit with 2 when there are changes.`)
    .option(
      '--customers <file>',
      t`Write who would get what, when and by which channel, as CSV; it is customers' data.`,
    )
    .addOption(sample())
    .addOption(badData())
    .action(async (options) => done(await (await import('../commands/plan.ts')).plan(io, options)));

  acting('apply', t`Make the project, or a plan of it, what runs.`)
    .argument('[plan]', t`A file written by \`crm plan --out\`.`)
    .option('--auto-approve', t`Do not ask.`)
    .option(
      '--allow <address>',
      t`Execute this breaking change, such as campaign.welcome, or go beyond this guard, such as max_budget: the plan names each. May be repeated.`,
      collected,
      [],
    )
    .addOption(target())
    .addOption(badData())
    .action(async (file: string | undefined, options) =>
      done(await (await import('../commands/apply.ts')).apply(io, file, options)),
    );

  acting('approve', t`Sign a plan that somebody else has made, so that it may be applied; shows it and asks first.`)
    .argument('<plan>', t`A file written by \`crm plan --out\`, or the hash of a plan, which the store then remembers.`)
    .option('--key <file>', t`The ed25519 key; default: user.signingkey of git, else ~/.ssh/id_ed25519.`)
    .option('--auto-approve', t`Do not ask.`)
    .action(async (file: string, options) =>
      done(await (await import('../commands/approve.ts')).approve(io, file, options)),
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
    .addOption(
      new Option(
        '--report [campaign]',
        t`Show only the results, as \`crm report\` does, of all campaigns or of one, marked as simulated.`,
      ).conflicts(['sample', 'render']),
    )
    .option('--render <folder>', t`Write some of the messages there as files, and a page that shows them.`)
    .option('--samples <number>', t`How many messages of each step to write.`, positive, 5)
    .action(async (options) => done(await (await import('../commands/simulate.ts')).simulate(io, options)));

  inProject(
    'backtest',
    t`Replay a past period of the data files through the project, beside a base or what is applied.`,
  )
    .requiredOption('--from <instant>', t`First instant, as in 2026-08-01 or 2026-08-01T10:00.`)
    .option('--to <instant>', t`The instant to stop before; default: now.`)
    .option(
      '--base <commit>',
      t`Compare with the files of this commit of git, or of a folder (./before), instead of what is applied. Needs no store.`,
    )
    .addOption(
      new Option(
        '--format <format>',
        t`text; json, as --json; markdown, for a pull request; or html, a page with everything.`,
      )
        .choices(['text', 'json', 'markdown', 'html'])
        .conflicts('json'),
    )
    .addOption(budget())
    .addOption(sample())
    .addOption(badData())
    .action(async (options) => done(await (await import('../commands/backtest.ts')).backtest(io, options)));

  inProject('tick', t`Do what is due now, send it, and exit; for cron and the like.`)
    .option(
      '--at <instant>',
      t`Tick as if it were this instant, as in 2026-03-08T10:00 (the project’s time); it must not lie before the last tick.`,
    )
    .option('--force', t`Also if --at lies after the clock.`)
    .option('--no-dispatch', t`Decide, but send nothing.`)
    .addOption(believed())
    .action(async (options) => done(await (await import('../commands/tick.ts')).tick(io, options)));

  inProject(
    'run',
    t`Tick on the grid and send, until Ctrl-C; a second one ends at once. The log is for people on a terminal, else JSON.`,
  )
    .addOption(believed())
    .option(
      '--sync <repository>',
      t`Take the project from git, as in https://host/shop.git#main, and apply what needs no approval.`,
    )
    .option('--sync-every <duration>', t`How often to look there; default: 1 minute.`, duration)
    .addOption(signed())
    .action(async (options) => done(await (await import('../commands/run.ts')).run(io, options)));

  inProject(
    'sync',
    t`Bring the project in this folder to a branch of git: apply its commit, or say why it has to wait.`,
  )
    .argument('<repository>', t`As in https://host/shop.git#main, or env:NAME#main for one with a password.`)
    .addOption(signed())
    .action(async (repository: string, options) =>
      done(await (await import('../commands/sync.ts')).sync(io, repository, options)),
    );

  inProject('health', t`Exit with 1 when ticks do not happen: for containers and watchdogs.`).action(async (options) =>
    done(await (await import('../commands/health.ts')).health(io, options)),
  );

  inProject(
    'migrate',
    t`Bring the store up to date with this version, as every command does, and do nothing else.`,
  ).action(async (options) => done(await (await import('../commands/migrate.ts')).migrate(io, options)));
}
