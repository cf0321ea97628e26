import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { difference, zOf } from './effects.ts';
import { fixedInterval } from './intervals.ts';
import { type Sample, sampleOf, shareSample } from './sample.ts';
import { sampleRatio } from './srm.ts';

// K. Hillstrom, “The MineThatData E-Mail Analytics And Data Mining Challenge” (2008): two e-mails and none, of 64,000 customers.

const file = fileURLToPath(new URL('../../../../shared/data/hillstrom/hillstrom.csv', import.meta.url));

type Outcome = 'visit' | 'conversion' | 'spend';

function read(): (arm: string, outcome: Outcome) => Sample {
  const rows: (Record<Outcome, string> & { segment: string })[] = parse(readFileSync(file), { columns: true });
  return (arm, outcome) => {
    const values = rows.filter(({ segment }) => segment === arm).map((row) => Number(row[outcome]));
    const sum = values.reduce((total, value) => total + value, 0);
    if (outcome !== 'spend') return shareSample({ hits: sum, n: values.length });
    const squares = values.reduce((total, value) => total + value ** 2, 0);
    return sampleOf(values.length, sum, squares);
  };
}

// The data set is not the project's own, so a clone of the project alone does not have it.
describe.skipIf(!existsSync(file))('a real experiment (skipped where the data set is absent)', () => {
  const sample = existsSync(file) ? read() : () => sampleOf(0, 0, 0);
  const effect = (arm: string, outcome: Outcome) => {
    const found = difference(sample(arm, outcome), sample('No E-Mail', outcome));
    if (!found) throw new Error('there is no difference');
    const { low, high } = fixedInterval(found);
    return {
      estimate: found.estimate.toFixed(6),
      z: zOf(found).toFixed(3),
      low: low.toFixed(6),
      high: high.toFixed(6),
    };
  };

  it('has the rates and means that were computed independently', () => {
    const means = (outcome: Outcome) =>
      ['Mens E-Mail', 'No E-Mail', 'Womens E-Mail'].map((arm) => sample(arm, outcome).mean.toFixed(6));
    expect(means('visit')).toEqual(['0.182757', '0.106167', '0.151400']);
    expect(means('conversion')).toEqual(['0.012531', '0.005726', '0.008837']);
    expect(means('spend')).toEqual(['1.422617', '0.652789', '1.077202']);
  });

  it('has the differences, z and intervals that were computed independently', () => {
    expect(effect('Mens E-Mail', 'visit')).toMatchObject({ estimate: '0.076590', z: '22.620' });
    expect(effect('Womens E-Mail', 'visit')).toMatchObject({ estimate: '0.045233', z: '13.985' });
    expect(effect('Mens E-Mail', 'conversion')).toEqual({
      estimate: '0.006805',
      z: '7.390',
      low: '0.005000',
      high: '0.008610',
    });
    expect(effect('Womens E-Mail', 'conversion')).toMatchObject({ estimate: '0.003111', z: '3.782' });
    const spend = { estimate: '0.769827', z: '5.300', low: '0.485149', high: '1.054505' };
    expect(effect('Mens E-Mail', 'spend')).toEqual(spend);
    expect(effect('Womens E-Mail', 'spend')).toMatchObject({ estimate: '0.424412', z: '3.256' });
  });

  it('has no mismatch of its arms', () => {
    const arms = ['Mens E-Mail', 'Womens E-Mail', 'No E-Mail'].map((arm) => ({ n: sample(arm, 'visit').n, weight: 1 }));
    expect(arms.map(({ n }) => n)).toEqual([21_307, 21_387, 21_306]);
    const found = sampleRatio(arms);
    expect([found?.chiSquare.toFixed(6), found?.p.toFixed(6), found?.mismatch]).toEqual([
      '0.202531',
      '0.903693',
      false,
    ]);
  });
});
