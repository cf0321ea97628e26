import { DateTime } from 'luxon';
import { currentDeployment } from '../../engine/deploy/apply.ts';
import { nothingApplied } from '../../engine/deploy/runnable.ts';
import { tellCounted } from '../../engine/metrics/behind.ts';
import { campaignsThatRan, type Ran } from '../../engine/metrics/ran.ts';
import { type Results, results } from '../../engine/metrics/results.ts';
import { UserError } from '../../engine/user-error.ts';
import { t } from '../../spec/words/t.ts';
import { countedFile } from '../customers-file.ts';
import { exit } from '../exit.ts';
import { findCampaign } from '../find-campaign.ts';
import { instant } from '../instant.ts';
import type { Io } from '../io.ts';
import type { ProjectOptions } from '../load.ts';
import { findRoot } from '../project.ts';
import { storePath, withExistingStore } from '../store.ts';
import { renderResults } from '../views/results.ts';
import { resultsJson } from '../views/results-json.ts';

export interface ReportOptions extends ProjectOptions {
  from?: string;
  to?: string;
  format?: 'text' | 'json' | 'csv' | 'markdown' | 'html';
  /** The CSV file that lists the customers behind the figures. */
  customers?: string;
}

/** The number of days that a report has by default. */
const DAYS = 30;

/** Shows what campaigns did. */
export async function report(io: Io, campaign: string | undefined, options: ReportOptions): Promise<number> {
  const root = await findRoot(io.cwd, options.project);
  const path = await storePath(io, root, options);
  const behind = options.customers === undefined ? undefined : countedFile();
  const { found, ran } = await withExistingStore(io, path, { who: 'crm report' }, async (db) => {
    const applied = await currentDeployment(db);
    if (!applied) throw nothingApplied();
    const { timezone } = applied.program.project;
    const all = await campaignsThatRan(db);
    const chosen = campaign === undefined ? all : [findCampaign(all, campaign, 'what was applied')];
    const window = windowOf(io, timezone, options);
    const made = await results(db, applied.program, window, { campaign, arms: showsArms(campaign, options) });
    if (behind) await tellCounted(db, timezone, window, campaign, (page) => behind.add(page));
    return { found: made, ran: chosen };
  });
  if (options.customers !== undefined) await behind?.write(io, options.customers);
  await io.out(await rendered(io, found, ran, campaign, options));
  return exit.fine;
}

/** Returns false where the arms of experiments are not shown, so that they need not be compared. */
function showsArms(campaign: string | undefined, { json, format = 'text' }: ReportOptions): boolean {
  return json || format === 'json' || format === 'html' || (campaign !== undefined && format !== 'csv');
}

async function rendered(
  io: Io,
  found: Results,
  ran: Ran[],
  campaign: string | undefined,
  { json, format }: ReportOptions,
): Promise<string> {
  if (json || format === 'json') return `${JSON.stringify(resultsJson(found))}\n`;
  if (format === 'csv') return (await import('../views/results-csv.ts')).resultsCsv(found);
  if (format === 'markdown')
    return (await import('../views/results-markdown.ts')).resultsMarkdown(found, ran, campaign);
  if (format === 'html') return (await import('../views/results-html.ts')).resultsPage(found, ran, campaign);
  return renderResults(found, ran, campaign, io.view);
}

function windowOf(io: Io, timezone: string, options: ReportOptions): { from: number; to: number } {
  // The end is exclusive, so a message decided at this millisecond still counts.
  const to = options.to === undefined ? io.now() + 1 : instant(options.to, '--to', timezone);
  const last = DateTime.fromMillis(to - 1, { zone: timezone }).startOf('day');
  const from =
    options.from === undefined ? last.minus({ days: DAYS - 1 }).toMillis() : instant(options.from, '--from', timezone);
  if (from < to) return { from, to };
  throw new UserError('wrong-time', t`The report would end before it begins.`, t`Choose --to after --from.`);
}
