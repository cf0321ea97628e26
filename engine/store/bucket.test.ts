import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import { bucket } from '../../test/bucket.ts';
import { onEveryStore } from '../../test/stores.ts';

/** As docs/how-it-runs.md publishes them; others assign the same arms by these. */
const published: [string, number, number][] = [
  ['welcome/split-1/10482', 0xa81eff06208b3, 0.6567229642828749],
  ['welcome/split-1/10482/order-77120', 0x695eef43a7c8f, 0.41160483743422893],
  ['holdout/global/10482', 0xff9aec918d19c, 0.9984577041005656],
  ['spring/offer/Анна', 0xd86443741e110, 0.8452798994531499],
];

onEveryStore('drawing customers', (open) => {
  it.each(published)('makes a fraction of %s', async (text, digits, fraction) => {
    const db = await open();
    const [row] = await db.query<{ fraction: number }>(
      sql`SELECT ${db.dialect.bucket(sql`${text}::text`)} AS fraction`,
    );
    expect([row?.fraction, bucket(text)]).toEqual([fraction, fraction]);
    expect(digits / 2 ** 52).toBe(fraction);
  });
});
