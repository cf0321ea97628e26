import { describe, expect, it } from 'vitest';
import { readSchedule } from './every.ts';

describe('schedules in words and in cron', () => {
  it.each([
    ['every hour', '0 * * * *'],
    ['every day at 10:00', '0 10 * * *'],
    ['Every Monday at 09:05', '5 9 * * 1'],
    ['every monday and thursday at 9:30', '30 9 * * 1,4'],
    ['every sunday, monday and sunday at 9:30', '30 9 * * 0,1'],
    ['every month on day 31 at 00:00', '0 0 31 * *'],
    ['0 10 * * 1', '0 10 * * 1'],
    [' */15  9-17 * * MON-FRI ', '*/15 9-17 * * MON-FRI'],
    ['0 0 29 2 *', '0 0 29 2 *'],
  ])('%s → %s', (text, cron) => {
    expect(readSchedule(text)).toEqual({ cron });
  });

  it.each([
    ['every', 'time of day'],
    ['every day', 'time of day'],
    ['every munday at 10:00', 'monday'],
    ['every day at 24:00', 'no time 24:00'],
    ['every day at ten', 'every day at 10:00'],
    ['every month at 10:00', 'which day'],
    ['every month on day 32 at 10:00', 'no day 32'],
    ['every monday on day 3 at 10:00', 'every hour'],
    ['* * * * * *', 'five fields'],
    ['@daily', 'five fields'],
    ['61 * * * *', '61'],
    ['0 0 30 2 *', 'never comes'],
    ['', 'five fields'],
  ])('%s is refused', (text, words) => {
    const { problem } = readSchedule(text);
    expect(problem).toContain(words);
  });
});
