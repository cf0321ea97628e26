import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { zonePeriods } from './zones.ts';

const zones = Intl.supportedValuesOf('timeZone');
const known = new Map(zones.map((zone) => [zone, zonePeriods(zone)]));
const from = Date.UTC(2015, 0, 1);
const to = Date.UTC(2032, 0, 1);

/** Returns the instant that a local clock means, as the table is read by SQL. */
function instantOf(zone: string, local: number): number | undefined {
  const period = zonePeriods(zone).find((p) => p.localFrom <= local && local < p.localTo);
  return period && (period.gapAt ?? local - period.shift);
}

describe('the periods of a zone', () => {
  it('tell the local clock of every zone around every change of it', () => {
    for (const zone of zones) {
      const periods = (known.get(zone) ?? []).filter((p) => p.gapAt === null);
      for (const period of periods) {
        if (period.from < from || period.from > to) continue;
        for (const at of [period.from - 60_000, period.from, period.from + 60_000]) {
          const mine = periods.find((p) => p.from <= at && at < p.to);
          expect(mine?.shift, `${zone} at ${new Date(at).toISOString()}`).toBe(
            DateTime.fromMillis(at, { zone }).offset * 60_000,
          );
        }
      }
    }
  });

  it('cover the local line of every zone without a hole or an overlap', () => {
    for (const zone of zones) {
      const periods = known.get(zone) ?? [];
      periods.forEach((period, i) => {
        const next = periods[i + 1];
        if (next)
          expect(next.localFrom, `${zone} after ${new Date(period.localTo).toISOString()}`).toBe(period.localTo);
      });
    }
  });

  it('take a local time that does not exist for the first instant after the gap', () => {
    expect(instantOf('Europe/Berlin', Date.UTC(2026, 2, 29, 2, 30))).toBe(Date.UTC(2026, 2, 29, 1, 0));
  });

  it('take a local time that comes twice for its first time', () => {
    expect(instantOf('Europe/Berlin', Date.UTC(2026, 9, 25, 2, 30))).toBe(Date.UTC(2026, 9, 25, 0, 30));
    expect(instantOf('America/New_York', Date.UTC(2026, 10, 1, 1, 0))).toBe(Date.UTC(2026, 10, 1, 5, 0));
  });

  it('know half-hour shifts and a day that was skipped altogether', () => {
    expect(instantOf('Asia/Kathmandu', Date.UTC(2026, 0, 1))).toBe(Date.UTC(2025, 11, 31, 18, 15));
    expect(instantOf('Pacific/Apia', Date.UTC(2011, 11, 30, 12))).toBe(Date.UTC(2011, 11, 30, 10));
  });
});
