import { Argument, Option } from 'commander';
import { t } from '../../spec/words/t.ts';
import type { Commands } from './commands.ts';
import { collected, positive } from './values.ts';

/** Adds the command for jobs of CI. */
export function commandsInCi({ io, done, inProject }: Commands): void {
  inProject(
    'ci',
    t`In a job of CI: plan a pull request, show the plan in a comment under it, apply it, and tell what came of it.`,
  )
    .addArgument(new Argument('<action>', t`What to do.`).choices(['plan', 'comment', 'apply', 'reconcile']))
    .argument(
      '[subject]',
      t`To comment or apply: the plan that \`crm ci plan\` has written, default plan/plan.json; to reconcile: a deployment, default the applied one.`,
    )
    .addOption(
      new Option(
        '--base <commit>',
        t`Compare with this commit; default: where the target branch of the pull request and this one part.`,
      ).conflicts('live'),
    )
    .option('--live', t`Compare with what is applied, so that the plan can be applied; needs the store.`)
    .option('-o, --out <folder>', t`Where the files of the plan go: plan.json, plan.md and plan.html; default: plan.`)
    .addOption(
      new Option(
        '--budget <characters>',
        t`The most characters of the comment, 60000 by default: what matters least is left out.`,
      ).argParser(positive),
    )
    .addOption(
      new Option(
        '--sample <customers>',
        t`Simulate only about so many customers, drawn by their ids, and estimate what all would get; for large shops.`,
      ).argParser(positive),
    )
    .option(
      '--allow-bad-data',
      t`Go on with what can be read, also if more of a data file is lost than data.tolerance.`,
    )
    .addOption(
      new Option(
        '--annotate',
        t`To plan: say beside the lines of the files what it does; on GitLab in annotations.json, beside the plan.`,
      ).conflicts('json'),
    )
    .option('--detailed-exitcode', t`Exit with 2 when there are changes.`)
    .option(
      '--pull <number>',
      t`The pull request with the comment; default: that of the job, or of the deployment.`,
      positive,
    )
    .addOption(
      new Option('--closed <how>', t`To comment: say at its head what became of the pull request.`).choices([
        'merged',
        'closed',
      ]),
    )
    .addOption(
      new Option('--failed', t`To comment: say at its head that the newest commit has no plan.`).conflicts('closed'),
    )
    .option('--status', t`To comment: set the status of the commit too, with the plan’s first sentence.`)
    .option('--reviewed <hash>', t`To apply: refuse a plan with another hash than this, which was reviewed.`)
    .option(
      '--allow <address>',
      t`To apply: execute this breaking change, such as campaign.welcome: the plan names each. May be repeated.`,
      collected,
      [],
    )
    .option('--as <name>', t`To apply: who does it, for the audit log; default: who has started the job.`)
    .action(async (action: string, file: string | undefined, options) =>
      done(await (await import('../commands/ci.ts')).ci(io, action, file, options)),
    );
}
