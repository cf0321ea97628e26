import { Argument } from 'commander';
import { t } from '../../spec/words/t.ts';
import type { Commands } from './commands.ts';

/** Adds the commands by which people intervene: launches, pauses, suppressions, erasure, the end of an environment. */
export function commandsThatIntervene({ io, done, onFiles, acting }: Commands): void {
  acting('launch', t`Let the audience enter a campaign that starts by hand; shows it and asks first.`)
    .argument('<campaign>', t`A campaign with \`on: { launch: manual }\`, applied.`)
    .option('--at <instant>', t`When, as in 2026-03-08T10:00; default: at the next tick.`)
    .option('--auto-approve', t`Do not ask.`)
    .action(async (campaign: string, options) =>
      done(await (await import('../commands/launch.ts')).launch(io, campaign, options)),
    );

  acting(
    'pause',
    t`Stop a campaign, a channel or everything where it is; a running \`crm run\` follows within a second.`,
  )
    .argument('[campaign]', t`An applied campaign: nobody in it moves on, and none of its messages leaves.`)
    .option('--channel <name>', t`Only what leaves by this channel: its messages wait.`)
    .option('--all', t`Everything.`)
    .option('--shift', t`Timers are to be moved by the paused time when it is resumed; otherwise they run on.`)
    .action(async (campaign: string | undefined, options) =>
      done(await (await import('../commands/pause.ts')).pause(io, campaign, options)),
    );

  acting('resume', t`Continue what \`crm pause\` has stopped.`)
    .argument('[campaign]', t`A campaign that is paused.`)
    .option('--channel <name>', t`A channel that is paused.`)
    .option('--all', t`Lift every pause.`)
    .option('--shift', t`Move timers by the paused time; default: as given to \`crm pause\`.`)
    .option('--no-shift', t`Let timers have run on.`)
    .action(async (campaign: string | undefined, options) =>
      done(await (await import('../commands/pause.ts')).resume(io, campaign, options)),
    );

  acting('promote', t`Begin the next stage of a campaign’s rollout; shows it and asks first.`)
    .argument('<campaign>', t`An applied campaign with a \`rollout\`.`)
    .option('--auto-approve', t`Do not ask.`)
    .action(async (campaign: string, options) =>
      done(await (await import('../commands/promote.ts')).promote(io, campaign, options)),
    );

  acting(
    'recall',
    t`Stop a campaign whose messages were wrong: pauses it at once, lists who got them, cancels what waits, drafts a correction.`,
  )
    .argument('<campaign>', t`A campaign that is applied, or was.`)
    .option('--since <instant>', t`Since when messages count, as in 2026-03-08T10:00; default: the apply of what runs.`)
    .option('--auto-approve', t`Do not ask before messages are cancelled.`)
    .action(async (campaign: string, options) =>
      done(await (await import('../commands/recall.ts')).recall(io, campaign, options)),
    );

  acting('lock', t`Lock a campaign, so that nobody else changes it by an apply; without a name, list the locks.`)
    .argument('[campaign]', t`An applied campaign.`)
    .option('--reason <text>', t`Why, for those whom it stops.`)
    .action(async (campaign: string | undefined, options) =>
      done(await (await import('../commands/lock.ts')).lock(io, campaign, options)),
    );

  acting('unlock', t`End the lock of a campaign.`)
    .argument('<campaign>', t`A campaign that is locked.`)
    .option('--force', t`Also if somebody else holds it.`)
    .action(async (campaign: string, options) =>
      done(await (await import('../commands/lock.ts')).unlock(io, campaign, options)),
    );

  acting('suppression', t`List, add or lift suppressions: who gets nothing by which channel.`)
    .addArgument(new Argument('<action>', t`What to do.`).choices(['list', 'add', 'lift']))
    .argument('[whom]', t`A customer’s id in the shop’s data, or an address. To list: of whom; default: of everybody.`)
    .option('--channel <name>', t`A channel, or a kind of channel; default: every channel.`)
    .option('--reason <text>', t`To add: why; default: by-hand.`)
    .action(async (action: string, whom: string | undefined, options) =>
      done(await (await import('../commands/suppression.ts')).suppression(io, action, whom, options)),
    );

  acting('erase', t`Remove a customer from the store for good; asks first.`)
    .argument('<customer>', t`The customer’s id in the shop’s data.`)
    .option('--auto-approve', t`Do not ask.`)
    .action(async (customer: string, options) =>
      done(await (await import('../commands/erase.ts')).erase(io, customer, options)),
    );

  onFiles('env', t`Remove a temporary environment: its store, and the files that it has written.`)
    .addArgument(new Argument('<action>', t`What to do.`).choices(['remove']))
    .argument('<name>', t`The environment, as pr-12.`)
    .action(async (_action: string, name: string, options) =>
      done(await (await import('../commands/env.ts')).removeEnvironment(io, name, options)),
    );
}
