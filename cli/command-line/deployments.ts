import { Option } from 'commander';
import { t } from '../../spec/words/t.ts';
import type { Commands } from './commands.ts';
import { collected, positive } from './values.ts';

/** Adds the commands about what has been applied: its history, and the way back. */
export function commandsOnDeployments({ io, done, inProject, acting }: Commands): void {
  inProject('history', t`List what has been applied: when, by whom, from which commit, and what it changed.`)
    .addOption(
      new Option('--limit <number>', t`The most deployments to list, the newest first.`)
        .argParser(positive)
        .default(20),
    )
    .action(async (options) => done(await (await import('../commands/history.ts')).history(io, options)));

  inProject(
    'drift',
    t`Show in what the store differs from the files, and what was changed there by hand; exits with 2 if anything was.`,
  ).action(async (options) => done(await (await import('../commands/drift.ts')).drift(io, options)));

  inProject(
    'reconcile',
    t`Show the forecast of a deployment beside what was sent since, and what explains the difference.`,
  )
    .argument('[deployment]', t`Its number, as \`crm history\` shows it; default: the applied one.`, positive)
    .action(async (deployment: number | undefined, options) =>
      done(await (await import('../commands/reconcile.ts')).reconcile(io, deployment, options)),
    );

  acting('rollback', t`Make an earlier deployment what runs: plans it, shows the plan and asks first.`)
    .argument('[deployment]', t`Its number, as \`crm history\` shows it; default: the one before.`, positive)
    .option('-o, --out <file>', t`Write the plan to a file for \`crm apply\`, and apply nothing.`)
    .option('--auto-approve', t`Do not ask.`)
    .option(
      '--allow-bad-data',
      t`Go on with what can be read, also if more of a data file is lost than data.tolerance.`,
    )
    .option(
      '--allow <address>',
      t`Execute this breaking change, such as campaign.welcome, or go beyond this guard, such as max_budget: the plan names each. May be repeated.`,
      collected,
      [],
    )
    .action(async (deployment: number | undefined, options) =>
      done(await (await import('../commands/rollback.ts')).rollback(io, deployment, options)),
    );
}
