import { DateTime } from 'luxon';
import { expect, it } from 'vitest';
import { day, hour, minute } from '../../test/world.ts';
import { lastRefresh, refreshAfter } from './refresh-instants.ts';

/** All refresh instants in [from, to), as the clock shows them. */
function instants(timezone: string, refresh: number, from: string, to: string): string[] {
  const [begin, end] = [from, to].map((text) => DateTime.fromISO(text, { zone: timezone }).toMillis());
  const found: string[] = [];
  for (let at = refreshAfter({ timezone, refresh }, Number(begin) - 1); at < Number(end); ) {
    found.push(DateTime.fromMillis(at, { zone: timezone }).toFormat("dd HH:mm 'UTC'Z"));
    const next = refreshAfter({ timezone, refresh }, at);
    // From any instant in between, both ends are the same.
    for (const between of [at, at + minute, Math.floor((at + next) / 2), next - 1]) {
      expect(lastRefresh({ timezone, refresh }, between)).toBe(at);
      expect(refreshAfter({ timezone, refresh }, between)).toBe(next);
    }
    at = next;
  }
  return found;
}

it('refreshes at midnight of the clock also where it changes', () => {
  expect(instants('Europe/Berlin', day, '2026-03-28T00:00', '2026-03-31T12:00')).toEqual([
    '28 00:00 UTC+1',
    '29 00:00 UTC+1',
    '30 00:00 UTC+2',
    '31 00:00 UTC+2',
  ]);
  expect(instants('Europe/Berlin', day, '2026-10-24T00:00', '2026-10-27T00:00')).toEqual([
    '24 00:00 UTC+2',
    '25 00:00 UTC+2',
    '26 00:00 UTC+1',
  ]);
  expect(instants('Europe/Berlin', 12 * hour, '2026-10-25T00:00', '2026-10-26T00:00')).toEqual([
    '25 00:00 UTC+2',
    '25 12:00 UTC+1',
  ]);
});

it('refreshes after a gap that begins with the refresh, and both times that the clock shows it', () => {
  expect(instants('Europe/Berlin', 2 * hour, '2026-03-29T00:00', '2026-03-29T07:00')).toEqual([
    '29 00:00 UTC+1',
    '29 03:00 UTC+2',
    '29 04:00 UTC+2',
    '29 06:00 UTC+2',
  ]);
  expect(instants('Europe/Berlin', hour, '2026-10-25T01:00', '2026-10-25T04:00')).toEqual([
    '25 01:00 UTC+2',
    '25 02:00 UTC+2',
    '25 02:00 UTC+1',
    '25 03:00 UTC+1',
  ]);
  // Midnight itself is skipped.
  expect(instants('Asia/Beirut', day, '2026-03-28T00:00', '2026-03-31T00:00')).toEqual([
    '28 00:00 UTC+2',
    '29 01:00 UTC+3',
    '30 00:00 UTC+3',
  ]);
  expect(instants('Australia/Lord_Howe', hour, '2026-10-04T01:00', '2026-10-04T04:00')).toEqual([
    '04 01:00 UTC+10:30',
    '04 02:30 UTC+11',
    '04 03:00 UTC+11',
  ]);
});
