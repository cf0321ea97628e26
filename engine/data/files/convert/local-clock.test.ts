import { expect, test } from 'vitest';
import { localClock } from './local-clock.ts';

const utc = (text: string) => Date.parse(`${text}Z`);

test.each([
  ['an ordinary time', 'Europe/Moscow', '2026-03-01T15:00', '2026-03-01T12:00'],
  ['a time that is skipped: the first after the gap', 'Europe/Berlin', '2026-03-29T02:30', '2026-03-29T01:00'],
  ['just before a gap', 'Europe/Berlin', '2026-03-29T01:59', '2026-03-29T00:59'],
  ['just after a gap', 'Europe/Berlin', '2026-03-29T03:00', '2026-03-29T01:00'],
  ['a time that comes twice: the first', 'Europe/Berlin', '2026-10-25T02:30', '2026-10-25T00:30'],
  ['after the repeated hour', 'Europe/Berlin', '2026-10-25T03:00', '2026-10-25T02:00'],
  ['a midnight that is skipped', 'Africa/Cairo', '2026-04-24T00:00', '2026-04-23T22:00'],
  ['a day that is skipped', 'Pacific/Apia', '2011-12-30T12:00', '2011-12-30T10:00'],
  ['the far east of the date line', 'Pacific/Kiritimati', '2026-01-01T00:00', '2025-12-31T10:00'],
  ['an old offset with seconds', 'Europe/Moscow', '1900-01-01T00:00', '1899-12-31T21:29:43'],
])('%s', (_, zone, local, expected) => {
  expect(new Date(localClock(zone).instantOf(utc(local))).toISOString()).toBe(new Date(utc(expected)).toISOString());
});
