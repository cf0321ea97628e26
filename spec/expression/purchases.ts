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
