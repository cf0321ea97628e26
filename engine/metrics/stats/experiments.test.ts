import { describe, expect, it } from 'vitest';
import { type Chance, chance } from '../../../test/chance.ts';
import { amount } from '../../../test/extent.ts';
import { difference } from './effects.ts';
import { looks } from './group-sequential.ts';
import { fixedInterval } from './intervals.ts';
import { daily, powerAfter } from './power.ts';
import { type Interval, type Measured, shareSample } from './sample.ts';
import { sequentialInterval } from './sequential.ts';

// These tests simulate whole experiments: 30 days, each with this number of new customers in either arm.

const [days, perDay] = [30, 100];
const experiments = amount(150, 2_000, 60);

/** An experiment as it is seen at the end of a day: the difference, and the customers of both arms. */
interface Day {
  measured: Measured;
  n: number;
}

function simulate(next: Chance, treated: number, control: number): Day[] {
  const count = (p: number) => {
    let hits = 0;
    for (let i = 0; i < perDay; i++) if (next() < p) hits++;
    return hits;
  };
  let [a, b] = [0, 0];
  return Array.from({ length: days }, (_, day) => {
    a += count(treated);
    b += count(control);
    const n = (day + 1) * perDay;
    const measured = difference(shareSample({ hits: a, n }), shareSample({ hits: b, n }));
    return { measured: measured ?? { estimate: 0, error: 1 }, n: 2 * n };
  });
}

/** Returns in which share of experiments an effect is seen on any day, and on the last one. */
function seen(treated: number, control: number, interval: (day: Day, at: number) => Interval) {
  const next = chance(7);
  let [any, last] = [0, 0];
  for (let i = 0; i < experiments; i++) {
    const each = simulate(next, treated, control).map((day, at) => {
      const { low, high } = interval(day, at);
      return low > 0 || high < 0;
    });
    if (each.includes(true)) any++;
    if (each.at(-1)) last++;
  }
  return { any: any / experiments, last: last / experiments };
}

/** Three standard errors of a share of the experiments. */
const noise = (p: number) => 3 * Math.sqrt((p * (1 - p)) / experiments);

it('without an effect, looks on 30 days find one in at most α of the experiments', () => {
  expect(seen(0.1, 0.1, ({ measured, n }) => sequentialInterval(measured, n)).any).toBeLessThanOrEqual(0.05);
});

it('with intervals for a single look they would find one in far more, and a single look in α', () => {
  const { any, last } = seen(0.1, 0.1, ({ measured }) => fixedInterval(measured));
  expect(any).toBeGreaterThan(0.15);
  expect(Math.abs(last - 0.05)).toBeLessThan(noise(0.05));
});

it('with the levels of several looks they find one in α', () => {
  const ends = Array.from({ length: days }, (_, i) => i + 1);
  const levels = looks(ends, days);
  const { any } = seen(0.1, 0.1, ({ measured: { estimate, error } }, at) => {
    const half = (levels[at]?.critical ?? 0) * error;
    return { low: estimate - half, high: estimate + half };
  });
  expect(Math.abs(any - 0.05)).toBeLessThan(noise(0.05));
});

describe('an effect is seen with the power that was computed', () => {
  const before = { control: { mean: 0.1 }, perDay: { treated: perDay, control: perDay } };

  it('looked at once', () => {
    const power = powerAfter(before, 0.25, days);
    const { last } = seen(0.125, 0.1, ({ measured }) => fixedInterval(measured));
    expect(power).toBeGreaterThan(0.8);
    expect(Math.abs(last - power)).toBeLessThan(noise(power));
  });

  it('looked at every day, where earlier looks come on top', () => {
    const power = powerAfter(before, 0.4, days, daily);
    const { any, last } = seen(0.14, 0.1, ({ measured, n }) => sequentialInterval(measured, n));
    expect(Math.abs(last - power)).toBeLessThan(noise(power));
    expect(any).toBeGreaterThanOrEqual(last);
  });
});

it('the always-valid interval has the true difference on all days of an experiment together', () => {
  const { any } = seen(0.12, 0.1, ({ measured, n }) => {
    const { low, high } = sequentialInterval(measured, n);
    return { low: low - 0.02, high: high - 0.02 };
  });
  expect(any).toBeLessThanOrEqual(0.05);
});
