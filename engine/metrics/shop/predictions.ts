import { toMoney } from '../messages.ts';
import { aliveOf, type BgNbd, expectedIfAlive, fitBgNbd } from '../stats/bg-nbd.ts';
import { expectedValue, fitGammaGamma, type GammaGamma } from '../stats/gamma-gamma.ts';
import type { Asked } from './asked.ts';
import { alikeBuyers, type Buyers, fittedBuyers, tellBuyers, WEEK } from './purchases.ts';

const DAY = 86_400_000;
/** The time that is predicted, milliseconds. */
const year = 365 * DAY;
/** The models are fitted to as many customers as this: more would take longer, and change the parameters little. */
const most = 10_000;

/** With fewer customers who have bought again, the parameters of the models would mean nothing. */
export const fewest = 20;

/** The purchases that customers are expected to make in the time to come. */
export interface Prediction {
  /** Those who have bought. */
  customers: number;
  /** The number of them who still buy: the sum of their probabilities. */
  alive: number;
  /** The purchases of all of them within the time. */
  purchases: number;
  /** The value of these purchases; null without a model of values. */
  revenue: number | null;
}

export interface Predictions extends Prediction {
  /** The time to come, milliseconds. */
  within: number;
  /** The number of customers whom the models are fitted to. */
  fitted: number;
  /** In weeks. */
  purchasing: BgNbd;
  spending: GammaGamma | null;
  /** The groups by the value of the attribute, those with the most expected purchases first. */
  groups: (Prediction & { value: string | null })[];
}

/** Predicts what customers will buy from the end of the time on. `within`: milliseconds. Null: too few customers have bought again, or nothing fits. */
export async function predictions(asked: Asked, timezone: string, within = year): Promise<Predictions | null> {
  const { purchases, spenders, customers } = await fittedBuyers(asked, timezone, most);
  const again = purchases.reduce((sum, one) => sum + (one.repeats > 0 ? (one.customers ?? 1) : 0), 0);
  const purchasing = again < fewest ? undefined : fitBgNbd(purchases);
  if (!purchasing) return null;
  const means = spenders.map(({ repeats, spent }) => ({ purchases: repeats, mean: spent / repeats }));
  const spending = means.length < fewest ? null : (fitGammaGamma(means) ?? null);
  const buyers = await alikeBuyers(asked, timezone);
  const groups = Map.groupBy(buyers, ({ group }) => group);
  const of = (mine: Buyers[]) => predicted(mine, { purchasing, spending }, within);
  return {
    within,
    fitted: customers,
    purchasing,
    spending,
    ...of(buyers),
    groups:
      asked.by === undefined
        ? []
        : [...groups].map(([value, mine]) => ({ value, ...of(mine) })).sort((a, b) => b.purchases - a.purchases),
  };
}

/** The prediction for one customer, as an event of the instant up to which the orders are known. It names a customer, so no report has it. */
export interface CustomerPrediction {
  id: string;
  /** The shop's own id. */
  customer: string;
  /** ISO 8601 */
  at: string;
  /** The probability that the customer still buys. */
  alive: number;
  purchases: number;
  /** The value of these purchases; null without a model of values. */
  value: number | null;
}

/** Tells what each customer who has ordered is expected to do within the time of the predictions, by their models. */
export async function tellPredictions(
  asked: Asked,
  timezone: string,
  model: Predictions,
  tell: (page: CustomerPrediction[]) => void,
): Promise<void> {
  const at = new Date(asked.to - 1).toISOString();
  const rounded = (n: number) => Math.round(n * 1e6) / 1e6;
  await tellBuyers(asked, timezone, (buyers) =>
    tell(
      buyers.map(({ id, ...one }) => {
        const { alive, purchases, revenue } = predicted([{ ...one, customers: 1, group: null }], model, model.within);
        return {
          id: `${at} ${id}`,
          customer: id,
          at,
          alive: rounded(alive),
          purchases: rounded(purchases),
          value: revenue,
        };
      }),
    ),
  );
}

function predicted(
  buyers: Buyers[],
  { purchasing, spending }: Pick<Predictions, 'purchasing' | 'spending'>,
  within: number,
): Prediction {
  let [customers, alive, purchases, revenue]: [number, number, number, number | null] = [0, 0, 0, spending ? 0 : null];
  const known = new Map<string, number>();
  for (const one of buyers) {
    // The slow part is the same for many.
    const key = `${one.repeats} ${one.age}`;
    const ifAlive = known.get(key) ?? expectedIfAlive(purchasing, one, within / DAY / WEEK);
    known.set(key, ifAlive);
    const lives = aliveOf(purchasing, one);
    const each = ifAlive * lives;
    customers += one.customers;
    alive += one.customers * lives;
    purchases += one.customers * each;
    // The expected value is linear in the mean, so that the mean of all who have bought alike gives their sum.
    const mean = one.repeats > 0 ? one.spent / one.customers / one.repeats : 0;
    const worth = spending && expectedValue(spending, { purchases: one.repeats, mean });
    revenue = worth && revenue !== null ? revenue + one.customers * each * worth : null;
  }
  return { customers, alive, purchases, revenue: revenue === null ? null : toMoney(revenue) };
}
