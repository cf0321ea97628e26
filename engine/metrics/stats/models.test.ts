import { describe, expect, it } from 'vitest';
import { type Chance, chance } from '../../../test/chance.ts';
import {
  aliveOf,
  type BgNbd,
  bgNbdLikelihood,
  expectedOfNew,
  expectedPurchases,
  fitBgNbd,
  type Purchases,
} from './bg-nbd.ts';
import { absent, purchases, spending } from './cdnow.fixture.ts';
import { chiSquareAbove } from './distributions.ts';
import { expectedValue, fitGammaGamma, gammaGammaLikelihood, type Spending } from './gamma-gamma.ts';
import { sampleOf } from './sample.ts';

const round = (values: object, digits: number) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value.toFixed(digits))]));

describe('the models as published', () => {
  // The spreadsheet of Fader, Hardie and Lee, www.brucehardie.com/notes/004.
  const model: BgNbd = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
  const customer: Purchases = { repeats: 2, last: 30.43, age: 38.86 };

  it('expect 1.226 purchases in 39 weeks of a customer who bought twice again', () => {
    expect(expectedPurchases(model, customer, 39).toFixed(3)).toBe('1.226');
  });

  it('expect nothing in no time, and of a customer without repeats that he is alive', () => {
    expect(expectedPurchases(model, customer, 0)).toBeCloseTo(0, 12);
    expect(expectedOfNew(model, 0)).toBeCloseTo(0, 12);
    expect(aliveOf(model, { repeats: 0, last: 0, age: 50 })).toBe(1);
  });

  // Values of the documentation of `lifetimes`, whose γ is 15.45.
  it.each([
    [1, 11.77, 18.9],
    [2, 22.35, 24.7],
    [7, 73.74, 71.5],
  ])('expect of %i purchases with a mean of %f that the next is worth %f', (purchases, mean, expected) => {
    expect(expectedValue({ p: 6.25, q: 3.74, gamma: 15.45 }, { purchases, mean })?.toFixed(1)).toBe(String(expected));
  });

  it('expect the mean of all, 35.2, of a customer with none, and none where all have none', () => {
    expect(expectedValue({ p: 6.25, q: 3.74, gamma: 15.45 }, { purchases: 0, mean: 0 })?.toFixed(1)).toBe('35.2');
    expect(expectedValue({ p: 6.25, q: 0.9, gamma: 15.45 }, { purchases: 0, mean: 0 })).toBeUndefined();
  });
});

const gaussian = (next: Chance) => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());

/** G. Marsaglia and W. W. Tsang, “A simple method for generating gamma variables”, ACM TOMS 26 (2000). */
function gammaOf(next: Chance, shape: number): number {
  if (shape < 1) return gammaOf(next, shape + 1) * next() ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = gaussian(next);
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(next()) < 0.5 * x ** 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** A customer of the model: how often he buys, and when he leaves, is drawn; he is seen for a time between 30 and 60. */
function buyer(next: Chance, { r, alpha, a, b }: BgNbd, ahead: number): Purchases & { later: number; left: boolean } {
  const rate = gammaOf(next, r) / alpha;
  const [one, other] = [gammaOf(next, a), gammaOf(next, b)];
  const age = 30 + 30 * next();
  let [at, repeats, last, later, left] = [0, 0, 0, 0, false];
  for (;;) {
    at -= Math.log(1 - next()) / rate;
    if (at > age + ahead) break;
    if (at > age) later++;
    else [repeats, last] = [repeats + 1, at];
    if (next() < one / (one + other)) {
      left = at <= age;
      break;
    }
  }
  return { repeats, last, age, later, left };
}

/** Returns true if the data reject the true parameters at 0.1 %: twice the difference of the log-likelihoods has a chi-square distribution. */
function refused(found: number, truth: number, parameters: number): boolean {
  expect(found).toBeGreaterThanOrEqual(truth);
  return chiSquareAbove(2 * (found - truth), parameters) < 0.001;
}

/** Expects values to be 0 on average, within three standard errors. */
function near(values: number[]): void {
  const [sum, squares] = values.reduce(([sum, squares], value) => [sum + value, squares + value ** 2], [0, 0]);
  const { n, mean, variance } = sampleOf(values.length, sum, squares);
  expect(Math.abs(mean)).toBeLessThan(3 * Math.sqrt(variance / n));
}

describe('customers that are drawn from a known model', () => {
  const truth: BgNbd = { r: 0.8, alpha: 6, a: 1.2, b: 3 };
  const next = chance(11);
  const buyers = Array.from({ length: 2_000 }, () => buyer(next, truth, 20));
  const fitted = fitBgNbd(buyers);

  it('have it found again: their likelihood does not refuse it', () => {
    if (!fitted) throw new Error('there is no model');
    expect(refused(bgNbdLikelihood(fitted, buyers), bgNbdLikelihood(truth, buyers), 4)).toBe(false);
  });

  it('buy as often afterwards as expected, and are as often alive', () => {
    for (const some of [buyers.filter(({ repeats }) => repeats < 2), buyers.filter(({ repeats }) => repeats >= 2)]) {
      near(some.map((one) => one.later - expectedPurchases(truth, one, 20)));
      near(some.map((one) => (one.left ? 0 : 1) - aliveOf(truth, one)));
    }
  });

  it('may be counted together where they are the same', () => {
    const few = buyers.slice(0, 50).map((one): Purchases => ({ repeats: one.repeats, last: one.last, age: one.age }));
    const twice = few.map((one) => ({ ...one, customers: 2 }));
    expect(bgNbdLikelihood(truth, twice)).toBeCloseTo(bgNbdLikelihood(truth, [...few, ...few]), 6);
  });

  it('spend as they do: the values have their model found again', () => {
    const money = { p: 5, q: 4, gamma: 30 };
    const spending = Array.from({ length: 2_000 }, (): Spending => {
      const purchases = 1 + Math.floor(6 * next());
      const scale = gammaOf(next, money.q) / money.gamma;
      return { purchases, mean: gammaOf(next, money.p * purchases) / scale / purchases };
    });
    const found = fitGammaGamma(spending);
    if (!found) throw new Error('there is no model');
    expect(refused(gammaGammaLikelihood(found, spending), gammaGammaLikelihood(money, spending), 3)).toBe(false);
  });
});

it('there is no model of nobody, and none of customers who never came again', () => {
  expect(fitBgNbd([])).toBeUndefined();
  expect(fitBgNbd([{ repeats: 0, last: 0, age: 10 }])).toBeUndefined();
  expect(fitGammaGamma([])).toBeUndefined();
});

// The data set is not the project's own, so a clone of the project alone does not have it.
describe.skipIf(absent)('customers of CDNOW (skipped where the data set is absent)', () => {
  it('have the parameters, likelihood and expectations that are published', () => {
    const buyers = purchases();
    const model = fitBgNbd(buyers);
    if (!model) throw new Error('there is no model');
    expect(round(model, 3)).toEqual({ r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 });
    expect(bgNbdLikelihood(model, buyers).toFixed(1)).toBe('-9582.4');
    expect(expectedPurchases(model, { repeats: 2, last: 30.43, age: 38.86 }, 39).toFixed(3)).toBe('1.226');
  });

  it('spend with the parameters that are published', () => {
    const spent = spending();
    expect(spent).toHaveLength(946);
    expect(round(fitGammaGamma(spent) ?? {}, 2)).toEqual({ p: 6.25, q: 3.74, gamma: 15.44 });
  });
});
