import { DateTime } from 'luxon';
import type { Rfm } from '../../../spec/model/data.ts';
import type { Program } from '../../program/program.ts';
import { compare } from '../messages.ts';
import type { Window } from '../window.ts';
import type { Asked } from './asked.ts';
import { type ChannelFigures, channelFigures, type DeliveryRow, deliveryRows } from './channels.ts';
import {
  type Cohort,
  cohortCells,
  cohortsOf,
  type Month,
  monthsOf,
  type RetentionPoint,
  retentionOf,
} from './cohorts.ts';
import { addCounts, noCounts, type ShopCounts, shopCounts } from './counts.ts';
import { type ShopFigures, shopFigures } from './figures.ts';
import { type Funnel, type FunnelSteps, funnelOf } from './funnel.ts';
import { type Predictions, predictions } from './predictions.ts';
import { type RfmCell, type RfmGroupSize, type RfmMoves, rfmCells, rfmGroupsOf, rfmMoves } from './rfm.ts';

/** The numbers of a shop. Instants are epoch milliseconds, money is in the project's currency. */
export interface Metrics extends Window {
  project: Program['project'];
  orders: Rfm;
  /** The segment whose customers are counted; null: all. */
  segment: string | null;
  /** The attribute by which customers are grouped. */
  by: string | null;
  total: ShopFigures;
  /** Those with the most revenue first; empty where nothing tells customers apart. */
  groups: Group[];
  /** The months of the calendar from that of `from` on, or of the first order ever, whole, the last until `to`. */
  months: Month[];
  cohorts: Cohort[];
  /** The sum of all cohorts. */
  retention: RetentionPoint[];
  rfm: { cells: RfmCell[]; groups: RfmGroupSize[]; moves: RfmMoves[] };
  funnel: Funnel | null;
  /** Null: too few customers have bought again, or no model fits. */
  predicted: Predictions | null;
  channels: ChannelFigures[];
}

/** The customers with the same value of an attribute. */
export interface Group extends ShopFigures {
  /** Null: they have none, or are the `others`. */
  value: string | null;
  /** The number of values beyond those that are shown, whose customers are counted together; absent: of one value. */
  others?: number;
  /** The messages to them. */
  channels: ChannelFigures[];
}

/** The number of groups that are shown by their values. */
const most = 20;
/** The number of months whose moves between groups are counted. */
const mostMoves = 12;

export type Question = Asked & { segment?: string | undefined; funnel?: FunnelSteps | undefined; now: number };

export async function metrics({ segment, funnel, now, ...asked }: Question): Promise<Metrics> {
  const { project } = asked.program;
  const { from, to } = asked;
  const counts = await shopCounts(asked);
  const deliveries = await deliveryRows(asked);
  const cells = await cohortCells(asked, project.timezone);
  const [first, last] = [from, to - 1].map((at) => monthAt(at, project.timezone)) as [string, string];
  const oldest = cells[0]?.cohort;
  const cohorts = cohortsOf(cells, first, last);
  const scored = await rfmCells(asked);
  return {
    ...{ project, orders: asked.orders, segment: segment ?? null, by: asked.by ?? null, from, to },
    total: shopFigures([...counts.values()].reduce(addCounts, noCounts), costOf(deliveries)),
    groups: asked.by === undefined ? [] : groupsOf(counts, deliveries),
    months: oldest === undefined ? [] : monthsOf(cells, later(oldest, first), last),
    cohorts,
    retention: retentionOf(cohorts),
    rfm: {
      cells: scored,
      groups: rfmGroupsOf(scored),
      moves: cells.length > 0 ? await rfmMoves(asked, monthStarts(from, to, project.timezone)) : [],
    },
    funnel: funnel ? await funnelOf(asked, funnel, now) : null,
    predicted: await predictions(asked, project.timezone),
    channels: channelFigures(deliveries),
  };
}

function groupsOf(counts: Map<string | null, ShopCounts>, deliveries: DeliveryRow[]): Group[] {
  const values = new Set([...counts.keys(), ...deliveries.map(({ group }) => group)]);
  const all = [...values].map((value) => ({
    value,
    counts: counts.get(value) ?? noCounts,
    sent: deliveries.filter(({ group }) => group === value),
  }));
  all.sort((a, b) => b.counts.revenue - a.counts.revenue || compare(a.value ?? '', b.value ?? ''));
  const [shown, rest] = all.length > most + 1 ? [all.slice(0, most), all.slice(most)] : [all, []];
  const of = (mine: typeof all) => {
    const sent = mine.flatMap((one) => one.sent);
    const sums = mine.map((one) => one.counts).reduce(addCounts, noCounts);
    return { ...shopFigures(sums, costOf(sent)), channels: channelFigures(sent) };
  };
  const groups = shown.map((one): Group => ({ value: one.value, ...of([one]) }));
  return rest.length === 0 ? groups : [...groups, { value: null, others: rest.length, ...of(rest) }];
}

function costOf(deliveries: DeliveryRow[]): number {
  return channelFigures(deliveries).reduce((sum, { cost }) => sum + cost, 0);
}

/** Returns the later of two months. */
function later(a: string, b: string): string {
  return compare(a, b) > 0 ? a : b;
}

function monthAt(at: number, zone: string): string {
  return DateTime.fromMillis(at, { zone }).toFormat('yyyy-MM');
}

/** Returns the beginnings of the last months in the time, and its end. */
function monthStarts(from: number, to: number, zone: string): number[] {
  const starts: number[] = [];
  for (
    let start = DateTime.fromMillis(to - 1, { zone }).startOf('month');
    start.toMillis() > from && starts.length < mostMoves;
    start = start.minus({ months: 1 })
  )
    starts.unshift(start.toMillis());
  return [...starts, to];
}
