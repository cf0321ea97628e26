import { DateTime } from 'luxon';
import { currentDeployment } from '../../engine/deploy/apply.ts';
import { nothingApplied } from '../../engine/deploy/runnable.ts';
import { campaignsThatRan } from '../../engine/metrics/ran.ts';
import { results } from '../../engine/metrics/results.ts';
import { UserError } from '../../engine/user-error.ts';
import { t } from '../../spec/words/t.ts';
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
}

/** The number of days that a report has by default. */
const DAYS = 30;

/** Shows what campaigns did. */
export async function report(io: Io, campaign: string | undefined, options: ReportOptions): Promise<number> {
  const root = await findRoot(io.cwd, options.project);
  const path = await storePath(io, root, options);
  const { found, ran } = await withExistingStore(io, path, { who: 'crm report' }, async (db) => {
    const applied = await currentDeployment(db);
    if (!applied) throw nothingApplied();
    const all = await campaignsThatRan(db);
    const chosen = campaign === undefined ? all : [findCampaign(all, campaign, 'what was applied')];
    return {
      found: await results(db, applied.program, windowOf(io, applied.program.project.timezone, options), campaign),
      ran: chosen,
    };
  });
  await io.out(
    options.json
      ? `${JSON.stringify(resultsJson(found))}\n`
      : renderResults(found, ran, campaign !== undefined, io.view),
  );
  return exit.fine;
}

function windowOf(io: Io, timezone: string, options: ReportOptions): { from: number; to: number } {
  // What is decided in this very millisecond belongs to it.
  const to = options.to === undefined ? io.now() + 1 : instant(options.to, '--to', timezone);
  const last = DateTime.fromMillis(to - 1, { zone: timezone }).startOf('day');
  const from =
    options.from === undefined ? last.minus({ days: DAYS - 1 }).toMillis() : instant(options.from, '--from', timezone);
  if (from < to) return { from, to };
  throw new UserError('wrong-time', t`The report would end before it begins.`, t`Choose --to after --from.`);
}
