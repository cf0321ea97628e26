import { resolve } from 'node:path';
import { DateTime } from 'luxon';
import type { Asked } from '../../engine/metrics/shop/asked.ts';
import type { FunnelSteps } from '../../engine/metrics/shop/funnel.ts';
import { type Metrics, metrics as numbersOf } from '../../engine/metrics/shop/metrics.ts';
import { tellPredictions } from '../../engine/metrics/shop/predictions.ts';
import { members } from '../../engine/store/query-sql.ts';
import { contextOutside } from '../../engine/store/scales.ts';
import { UserError } from '../../engine/user-error.ts';
import { likelyPurchases, purchasesOf } from '../../spec/expression/purchases.ts';
import type { DataModel, FieldType, Rfm } from '../../spec/model/data.ts';
import { nameHelp } from '../../spec/words/names.ts';
import { positiveDuration } from '../../spec/words/readings.ts';
import { t } from '../../spec/words/t.ts';
import { exit } from '../exit.ts';
import { instant } from '../instant.ts';
import type { Io } from '../io.ts';
import type { ProjectOptions } from '../load.ts';
import { findLooked, type Looked, look } from '../look.ts';
import { writePrivate } from '../private-file.ts';
import { remark } from '../say.ts';
import { many } from '../views/format.ts';
import { renderMetrics } from '../views/metrics.ts';
import { metricsJson } from '../views/metrics-json.ts';

export interface MetricsOptions extends ProjectOptions {
  from?: string;
  to?: string;
  segment?: string;
  /** The attribute of customers by which the figures are grouped. */
  by?: string;
  /** Kinds of events, separated by commas. */
  funnel?: string;
  /** The time of the funnel. */
  within?: string;
  /** The file that gets the predictions of each customer. */
  predictions?: string;
  format?: 'text' | 'json' | 'csv' | 'markdown' | 'html';
}

/** The days that are shown by default. */
const DAYS = 365;

/** Shows the numbers of the shop. */
export async function metrics(io: Io, options: MetricsOptions): Promise<number> {
  const lines: string[] = [];
  const found = await look(io, options, 'crm metrics', async (looked) => {
    const { db, program, now } = looked;
    const orders = await ordersOf(looked);
    const segment = options.segment;
    const chosen =
      segment === undefined ? undefined : await findLooked(io, options, looked, ['segment', program.segments, segment]);
    const by = options.by === undefined ? undefined : attribute(program.data, options.by);
    const { timezone } = program.project;
    const asked: Asked = {
      ...{ db, program, orders },
      ...windowOf(now, timezone, options),
      ...(chosen && { members: members(chosen.query, await contextOutside(db, program, now)) }),
      ...(by !== undefined && { by }),
    };
    const made = await numbersOf({ ...asked, now, segment, funnel: funnelOf(program.data, options) });
    if (options.predictions !== undefined) lines.push(...(await predictionLines(asked, timezone, made)));
    return made;
  });
  if (options.predictions !== undefined) {
    await writePrivate(resolve(io.cwd, options.predictions), lines.join(''));
    const { predictions: file } = options;
    remark(
      io,
      t`${many(lines.length, 'prediction')} of customers: ${file}. It is customers' data: keep it to yourself.`,
    );
  }
  await io.out(await rendered(io, found, options));
  return exit.fine;
}

/** Returns the predictions as JSON lines: what a source of events reads, and no spreadsheet takes for formulas. Throws UserError where there are none. */
async function predictionLines(asked: Asked, timezone: string, { predicted }: Metrics): Promise<string[]> {
  if (!predicted)
    throw new UserError(
      'nothing-to-do',
      t`Too few customers have bought again to predict anything.`,
      t`Leave --predictions out until more have.`,
    );
  const lines: string[] = [];
  await tellPredictions(asked, timezone, predicted, (page) => {
    for (const one of page) lines.push(`${JSON.stringify(one)}\n`);
  });
  return lines;
}

async function rendered(io: Io, found: Metrics, { json, format }: MetricsOptions): Promise<string> {
  if (json || format === 'json') return `${JSON.stringify(metricsJson(found))}\n`;
  if (format === 'csv') return (await import('../views/metrics-csv.ts')).metricsCsv(found);
  if (format === 'markdown') return (await import('../views/metrics-markdown.ts')).metricsMarkdown(found);
  if (format === 'html') return (await import('../views/metrics-html.ts')).metricsPage(found);
  return renderMetrics(found, io.view);
}

/** Returns which events are orders. Throws UserError where the project does not say it. */
async function ordersOf({ model, program }: Looked): Promise<Rfm> {
  const known = await model();
  if (!known)
    throw new UserError(
      'store-older',
      t`What runs was applied by an earlier version, which kept no text of its conditions.`,
      t`Apply once more: \`crm plan\`, then \`crm apply\`.`,
    );
  const found = purchasesOf(known);
  if (found) return found;
  const { event = 'order_paid', field = 'total' } = likelyPurchases(program.data, known.campaigns) ?? {};
  throw new UserError(
    'no-orders',
    t`The project does not say which events are orders.`,
    t`Say it beside the events, data: { rfm: { event: ${event}, value: ${field} } }, and \`crm apply\`: what runs stays as it is.`,
  );
}

function windowOf(now: number, timezone: string, options: MetricsOptions): { from: number; to: number } {
  // The end is exclusive, so an order of this millisecond still counts.
  const to = options.to === undefined ? now + 1 : instant(options.to, '--to', timezone);
  const last = DateTime.fromMillis(to - 1, { zone: timezone }).startOf('day');
  const from =
    options.from === undefined ? last.minus({ days: DAYS - 1 }).toMillis() : instant(options.from, '--from', timezone);
  if (from < to) return { from, to };
  throw new UserError('wrong-time', t`The report would end before it begins.`, t`Choose --to after --from.`);
}

/** The types of attributes whose values many customers share. */
const common: FieldType[] = ['string', 'boolean', 'integer', 'country', 'locale', 'timezone'];

/** Returns the name of an attribute that may tell customers apart: it is not personal data. Throws UserError. */
function attribute({ customers }: DataModel, name: string): string {
  const suitable = customers.attributes.filter(({ pii, type }) => !pii && common.includes(type)).map((one) => one.name);
  if (suitable.includes(name)) return name;
  const known = customers.attributes.some((one) => one.name === name);
  throw new UserError(
    known ? 'wrong-call' : 'unknown-name',
    known
      ? t`The attribute "${name}" is personal data, or has a value for each customer.`
      : t`Customers have no attribute "${name}".`,
    nameHelp(name, suitable, 'attributes'),
  );
}

/** Returns the steps of the funnel that is asked for. Throws UserError. */
function funnelOf({ events }: DataModel, { funnel, within }: MetricsOptions): FunnelSteps | undefined {
  if (funnel === undefined && within === undefined) return undefined;
  if (funnel === undefined)
    throw new UserError('wrong-call', t`--within is the time of a funnel.`, t`Add --funnel with the names of events.`);
  const names = funnel.split(',').map((name) => name.trim());
  for (const name of names)
    if (!events.some((event) => event.name === name))
      throw new UserError(
        'unknown-name',
        t`There is no event "${name}".`,
        nameHelp(
          name,
          events.map((event) => event.name),
          'events',
        ),
      );
  if (names.length < 2 || new Set(names).size < names.length)
    throw new UserError(
      'wrong-call',
      t`A funnel has at least two kinds of events, all different: "${funnel}".`,
      t`Write the first first, as in --funnel visited,cart_updated,order_paid.`,
    );
  const time = positiveDuration(within ?? '7 days');
  if (time === undefined)
    throw new UserError('wrong-call', t`--within is not a duration: "${within ?? ''}".`, t`Write 7d, 12h or 30m.`);
  return { events: names, within: time };
}
