import { currentDeployment } from '../deploy/apply.ts';
import { addMessages, type MessageCounts, messageRows, noMessages, toMoney } from '../metrics/messages.ts';
import type { Window } from '../metrics/window.ts';
import type { Database } from '../store/database.ts';
import { campaignSummaries } from './campaign-summaries.ts';
import { reconcile } from './reconcile.ts';
import type { Summary } from './summary.ts';

/** Sums up a window. Throws where nothing has ever been applied. */
export async function summarise(db: Database, window: Window): Promise<Summary> {
  const deployment = await currentDeployment(db);
  if (!deployment) throw new Error('nothing is applied');
  const { name, timezone, currency, locale } = deployment.program.project;
  const rows = await messageRows(db, timezone, window);
  const campaigns = await campaignSummaries(db, window);
  const sum = (of: (one: (typeof campaigns)[number]) => number) => campaigns.reduce((total, one) => total + of(one), 0);
  return {
    project: { name, timezone, currency, locale },
    ...window,
    rows,
    campaigns,
    totals: {
      ...rows.reduce<MessageCounts>(addMessages, noMessages()),
      entered: sum((one) => one.entered),
      conversions: sum((one) => one.conversions),
      value: toMoney(sum((one) => one.value)),
    },
    reconciliation: await reconcile(db, window),
  };
}
