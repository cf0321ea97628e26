import type { Campaign } from '../model/campaign.ts';
import type { DataModel, Rfm } from '../model/data.ts';

const year = 365 * 86_400_000;

/** Returns the events that are purchases, as `data.rfm` declares them; else, over a year, those of the only kind that has a field `total` of money. */
export function purchasesOf({ rfm, data }: { rfm?: Rfm; data: Pick<DataModel, 'events'> }): Rfm | undefined {
  if (rfm) return rfm;
  const worth = data.events.filter(({ fields }) =>
    fields.some(({ name, type }) => name === 'total' && type === 'money'),
  );
  const [only, other] = worth;
  return only && !other ? { event: only.name, value: 'total', window: year } : undefined;
}

/** Returns the event with money that most campaigns have as their goal, then as an exit, and its first such field; undefined where no event has one. */
export function likelyPurchases(
  { events }: Pick<DataModel, 'events'>,
  campaigns: readonly Pick<Campaign, 'goal' | 'exit'>[],
): { event: string; field: string } | undefined {
  const worth = events.flatMap(({ name, fields }) => {
    const money = fields.find(({ type }) => type === 'money');
    return money ? [{ event: name, field: money.name }] : [];
  });
  const goals = (event: string) => campaigns.filter(({ goal }) => goal?.event === event).length;
  const exits = (event: string) => campaigns.filter(({ exit }) => exit.some((one) => one.event === event)).length;
  return worth.toSorted((a, b) => goals(b.event) - goals(a.event) || exits(b.event) - exits(a.event))[0];
}
