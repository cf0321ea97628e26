import { Argument, Option } from 'commander';
import { t } from '../../spec/words/t.ts';
import type { Commands } from './commands.ts';

/** Adds the commands that show customers, segments, data, messages and journeys. */
export function commandsThatLook({ io, done, inProject }: Commands): void {
  inProject('explain', t`Tell the story of a customer: why each message was or was not sent.`)
    .argument('<customer>', t`The customer’s id in the shop’s data.`)
    .action(async (customer: string, options) =>
      done(await (await import('../commands/explain.ts')).explain(io, customer, options)),
    );

  inProject('customer', t`Show everything known about a customer, and the next steps.`)
    .argument('<whom>', t`The id in the shop’s data, an e-mail address, a phone number, or a part of the name.`)
    .action(async (whom: string, options) =>
      done(await (await import('../commands/customer.ts')).customer(io, whom, options)),
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
      done(await (await import('../commands/segment.ts')).segment(io, name, options)),
    );

  inProject('audience', t`Show who is inside a campaign, by step, and who may enter it.`)
    .argument('<campaign>', t`Its name.`)
    .addOption(new Option('--list', t`List these customers and their attributes as CSV.`).conflicts('json'))
    .addOption(new Option('-o, --out <file>', t`Write the list to a file that only you can read.`).conflicts('json'))
    .action(async (name: string, options) =>
      done(await (await import('../commands/audience.ts')).audience(io, name, options)),
    );

  inProject('status', t`Show the deployment, the customers by step, what waits, and what could not be read.`)
    .option('--all', t`List every problem of the data, not only each cause with its first places.`)
    .action(async (options) => done(await (await import('../commands/status.ts')).status(io, options)));

  inProject('report', t`Show what campaigns did: who entered, what was sent, what customers did, and what it earned.`)
    .argument('[campaign]', t`Its name; otherwise all campaigns.`)
    .option('--from <instant>', t`The beginning of the days to report; default: 30 days ago.`)
    .option('--to <instant>', t`Their end; default: now.`)
    .addOption(
      new Option('--format <format>', t`text; json, as --json; csv, the cells; markdown; or html, a page with charts.`)
        .choices(['text', 'json', 'csv', 'markdown', 'html'])
        .conflicts('json'),
    )
    .option('--customers <file>', t`Also list the customers behind the figures, in a CSV file that only you can read.`)
    .action(async (campaign: string | undefined, options) =>
      done(await (await import('../commands/report.ts')).report(io, campaign, options)),
    );

  inProject(
    'decide',
    t`Show which arms and variants have won, and the change of the files by which each takes all customers.`,
  )
    .argument('[campaign]', t`Its name; otherwise all campaigns.`)
    .option('--write', t`Write the changes into the files.`)
    .action(async (campaign: string | undefined, options) =>
      done(await (await import('../commands/decide.ts')).decide(io, campaign, options)),
    );

  inProject('metrics', t`Show the numbers of the shop: orders, LTV, retention, cohorts, RFM, funnels, deliverability.`)
    .option('--from <instant>', t`The beginning of the time; default: 365 days ago.`)
    .option('--to <instant>', t`Its end; default: now.`)
    .option('--segment <name>', t`Only of the customers who are in this segment now.`)
    .option('--by <attribute>', t`Also for each value of an attribute of customers, such as the source of traffic.`)
    .option('--funnel <events>', t`Also how many customers come from event to event, as in visited,order_paid.`)
    .option(
      '--predictions <file>',
      t`Also write what each customer is expected to do, as events that a project can read.`,
    )
    .option('--within <duration>', t`The time from the first event of the funnel to the last; default: 7 days.`)
    .addOption(
      new Option(
        '--format <format>',
        t`text; json, as --json; csv, a line for each number; markdown; or html, a page with charts.`,
      )
        .choices(['text', 'json', 'csv', 'markdown', 'html'])
        .conflicts('json'),
    )
    .action(async (options) => done(await (await import('../commands/metrics.ts')).metrics(io, options)));

  inProject('audit', t`List what people did to the store, or check that nobody has changed that list.`)
    .addArgument(new Argument('[action]', t`What to do.`).choices(['list', 'verify']).default('list'))
    .option('--head <hash>', t`To verify: a hash printed earlier, which must still be in the list.`)
    .action(async (action: string, options) =>
      done(await (await import('../commands/audit.ts')).audit(io, action, options)),
    );

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
      done(await (await import('../commands/data-check.ts')).dataCheck(io, options)),
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
      done(await (await import('../commands/preview.ts')).preview(io, template, options)),
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
      done(await (await import('../commands/send-test.ts')).sendTest(io, what, options)),
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
      done(await (await import('../commands/graph.ts')).graph(io, campaign, options)),
    );
}
