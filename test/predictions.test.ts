import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readProject } from '../cli/project.ts';
import { compile } from '../engine/compile/compile.ts';
import { readData } from '../engine/inspect/read-data.ts';
import { predictions } from '../engine/metrics/shop/predictions.ts';
import { expectedPurchases } from '../engine/metrics/stats/bg-nbd.ts';
import { absent, customers, end, purchases, spending } from '../engine/metrics/stats/cdnow.fixture.ts';
import { expectedValue } from '../engine/metrics/stats/gamma-gamma.ts';
import { loadProject } from '../spec/load.ts';

// The models of engine/metrics/stats/models.test.ts once more, from the file to what `crm metrics` predicts.

const golden = fileURLToPath(new URL('golden/cdnow', import.meta.url));
const day = 86_400_000;
const round = (values: object | null, digits: number) =>
  Object.fromEntries(Object.entries(values ?? {}).map(([name, value]) => [name, Number(value.toFixed(digits))]));

// The data set is not the project's own, so a clone of the project alone does not have it.
describe.skipIf(absent)('what 2,357 customers of CDNOW will buy (skipped where the data set is absent)', () => {
  it('is told by the parameters that are published, and adds up what is expected of each', async () => {
    const root = mkdtempSync(join(tmpdir(), 'kaskad-predictions-'));
    try {
      cpSync(golden, root, { recursive: true });
      const all = customers();
      expect(all).toHaveLength(2_357);
      const date = (at: number) => new Date(at).toISOString().slice(0, 10).replaceAll('-', '');
      const lines = all.flatMap(({ id, days }) =>
        [...days].map(([at, spent]) => ` ${id} ${date(at)}  1  ${spent.toFixed(2)}`),
      );
      writeFileSync(
        join(root, 'CDNOW_master.txt'),
        ` customer_id  date number_of_cds  dollar_value\n${lines.join('\n')}\n`,
      );
      const { model } = loadProject(await readProject(root));
      if (!model) throw new Error('the project is wrong');
      const program = compile(model);
      const db = await readData(program, { root, at: Date.UTC(1998, 6, 1), tz: process.versions.tz ?? '' });
      try {
        const orders = { event: 'order_paid', value: 'total', window: 365 * day };
        const asked = { db, program, orders, from: 0, to: end + day };
        const found = await predictions(asked, 'UTC', 39 * 7 * day);
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
      } finally {
        await db.close();
      }
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  }, 120_000);
});
