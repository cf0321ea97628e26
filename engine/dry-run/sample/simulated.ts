import sql from 'sql-template-tag';
import type { Program } from '../../program/program.ts';
import type { Database } from '../../store/database.ts';
import { type Described, describe } from './described.ts';
import type { Draw } from './draw.ts';
import { type Estimate, estimate, rounded } from './estimate.ts';
import { beginTally, readSpreads, spreadsOf, tallyEntries, tallyMessages } from './tallies.ts';

/** The customers who were simulated, of all, and what they tell about all. Costs are in the project's currency. */
export interface SimulatedSample extends Described {
  totals: { entered: Estimate; sent: Estimate; cost: Estimate };
  entries: { campaign: string; entered: Estimate }[];
  sends: { campaign: string; channel: string; sent: Estimate; cost: Estimate }[];
}

/** Estimates what a simulation of everybody would count within the window, by one of the drawn customers. */
export async function estimateSimulation(
  db: Database,
  window: { from: number; to: number },
  draw: Draw,
  program: Program,
): Promise<SimulatedSample> {
  await beginTally(db);
  await tallyMessages(db, window, 'sent', 'cost');
  await tallyEntries(db, window, 'entered');
  const spreads = await readSpreads(db, sql`tally`);
  const of = (figure: 'sent' | 'cost' | 'entered', name: string, channel?: string) => {
    const found = spreadsOf(spreads, figure, name, channel).after;
    const all = spreadsOf(spreads, figure, '').after;
    const most = all.units > 0 ? all.most : figure === 'cost' ? 0 : 1;
    return rounded(estimate(found, draw, most), figure === 'cost' ? 4 : 0);
  };
  const names = [...spreads.values()].filter(({ name }) => name !== '');
  return {
    ...describe(draw, [program]),
    totals: { entered: of('entered', ''), sent: of('sent', ''), cost: of('cost', '') },
    entries: names
      .filter(({ figure }) => figure === 'entered')
      .map(({ name: campaign }) => ({ campaign, entered: of('entered', campaign) })),
    sends: names
      .filter(({ figure }) => figure === 'sent')
      .map(({ name: campaign, channel }) => ({
        campaign,
        channel,
        sent: of('sent', campaign, channel),
        cost: of('cost', campaign, channel),
      })),
  };
}
