import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readProject } from '../cli/project.ts';
import { compile } from '../engine/compile/compile.ts';
import { readData } from '../engine/inspect/read-data.ts';
import type { Asked } from '../engine/metrics/shop/asked.ts';
import { predictions } from '../engine/metrics/shop/predictions.ts';
import { expectedPurchases } from '../engine/metrics/stats/bg-nbd.ts';
import {
  absent,
  type Customer,
  customers,
  end,
  everybody,
  purchases,
  spending,
} from '../engine/metrics/stats/cdnow.fixture.ts';
import { expectedValue } from '../engine/metrics/stats/gamma-gamma.ts';
import { loadProject } from '../spec/load.ts';
import { extent, withoutSize } from './extent.ts';

// The models of engine/metrics/stats/models.test.ts once more, from the file to what `crm metrics` predicts.

const golden = fileURLToPath(new URL('golden/cdnow', import.meta.url));
const day = 86_400_000;
const weeks = 39 * 7 * day;
const round = (values: object | null, digits: number) =>
  Object.fromEntries(Object.entries(values ?? {}).map(([name, value]) => [name, Number(value.toFixed(digits))]));

/** Reads the purchases of customers from a file, as a project does, and asks about those until the end of September 1997. */
async function reading(all: Customer[], ask: (asked: Asked) => Promise<void>): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'kaskad-predictions-'));
  try {
    cpSync(golden, root, { recursive: true });
    const date = (at: number) => new Date(at).toISOString().slice(0, 10).replaceAll('-', '');
    const lines = all.flatMap(({ id, days }) =>
      [...days].map(([at, spent]) => ` ${id} ${date(at)}  1  ${spent.toFixed(2)}`),
    );
    const header = ' customer_id  date number_of_cds  dollar_value';
    writeFileSync(join(root, 'CDNOW_master.txt'), `${[header, ...lines].join('\n')}\n`);
    const { model } = loadProject(await readProject(root));
    if (!model) throw new Error('the project is wrong');
    const program = compile(model);
    const db = await readData(program, { root, at: Date.UTC(1998, 6, 1), tz: process.versions.tz ?? '' });
    const orders = { event: 'order_paid', value: 'total', window: 365 * day };
    await ask({ db, program, orders, from: 0, to: end + day }).finally(() => db.close());
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

// The data set is not the project's own, so a clone of the project alone does not have it.
describe.skipIf(absent)('what customers of CDNOW will buy (skipped where the data set is absent)', () => {
  it.runIf(withoutSize)(
    'is told by the parameters that are published for 2,357 of them, and adds up what is expected of each',
    async () => {
      const all = customers();
      expect(all).toHaveLength(2_357);
      await reading(all, async (asked) => {
        const found = await predictions(asked, 'UTC', weeks);
        expect(found).toMatchObject({ customers: 2_357, fitted: 2_357 });
        expect(round(found?.purchasing ?? null, 3)).toEqual({ r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 });
        expect(round(found?.spending ?? null, 2)).toEqual({ p: 6.25, q: 3.74, gamma: 15.44 });
        if (!found?.spending) throw new Error('there is no model');
        const paid = spending().values();
        let [expected, worth] = [0, 0];
        for (const one of purchases()) {
          const each = expectedPurchases(found.purchasing, one, 39);
          const spent = (one.repeats > 0 && paid.next().value) || { purchases: 0, mean: 0 };
          expected += each;
          worth += each * (expectedValue(found.spending, spent) ?? 0);
        }
        // The published times are rounded to hundredths of a week.
        expect(found.purchases / expected).toBeCloseTo(1, 4);
        expect((found.revenue ?? 0) / worth).toBeCloseTo(1, 4);
      });
    },
    120_000,
  );

  it.runIf(extent === 'full')(
    'falls short of what all 23,570 did in the 39 weeks after by a sixth',
    async () => {
      const all = everybody();
      const later = all.flatMap(({ days }) => [...days.keys()].filter((at) => at > end)).length;
      await reading(all, async (asked) => {
        const found = await predictions(asked, 'UTC', weeks);
        expect(found).toMatchObject({ customers: 23_570, fitted: 10_000 });
        // As docs/metrics.md says.
        expect([found?.purchases.toFixed(0), later]).toEqual(['16576', 19_684]);
      });
    },
    120_000,
  );
});
