import { Cron } from 'croner';
import { describe, expect, it } from 'vitest';
import { printSchedule, readSchedule } from './schedules.ts';

describe('schedules in words and in cron', () => {
  it.each([
    ['every hour', '0 * * * *'],
    ['every day at 10:00', '0 10 * * *'],
    ['Every Monday at 09:05', '5 9 * * 1'],
    ['every monday and thursday at 9:30', '30 9 * * 1,4'],
    ['every sunday, monday and sunday at 9:30', '30 9 * * 0,1'],
    ['every minute', '* * * * *'],
    ['every 15 minutes', '*/15 * * * *'],
    ['every weekday at 9:00', '0 9 * * 1-5'],
    ['every month on the last day at 10:00', '0 10 L * *'],
    ['every month on the first monday at 10:00', '0 10 * * 1#1'],
    ['every month on the third sunday at 10:00', '0 10 * * 0#3'],
    ['every month on the last friday at 10:00', '0 10 * * 5#L'],
    ['every month on day 31 at 00:00', '0 0 31 * *'],
    ['0 10 * * 1', '0 10 * * 1'],
    [' */15  9-17 * * MON-FRI ', '*/15 9-17 * * MON-FRI'],
    ['0 0 29 2 *', '0 0 29 2 *'],
  ])('%s → %s', (text, cron) => {
    expect(readSchedule(text)).toEqual({ cron });
  });

  it.each([
    'every hour',
    'every minute',
    'every 15 minutes',
    'every day at 10:00',
    'every weekday at 09:00',
    'every monday at 09:05',
    'every sunday and thursday at 09:30',
    'every month on day 31 at 00:00',
    'every month on the last day at 10:00',
    'every month on the third sunday at 10:00',
    'every month on the last friday at 10:00',
  ])('%s is printed as it is written', (words) => {
    const { cron = '' } = { cron: '', ...readSchedule(words) };
    expect(printSchedule(cron)).toBe(words);
  });

  it.each(['0 10 1 1 *', '0 10-12 * * *', '0,30 8 * * *', '0 10 1 * 1', '0 10 * * MON', '00 9 * * *', '*/7 * * * *'])(
    '%s stays cron',
    (cron) => {
      expect(printSchedule(cron)).toBe(cron);
    },
  );

  // The library that computes the instants must give those that the words mean.
  it.each([
    ['every month on the last day at 10:00', ['2024-01-31T10:00', '2024-02-29T10:00', '2024-03-31T10:00']],
    ['every month on the first monday at 10:00', ['2024-02-05T10:00', '2024-03-04T10:00', '2024-04-01T10:00']],
    ['every month on the last friday at 9:05', ['2024-01-26T09:05', '2024-02-23T09:05', '2024-03-29T09:05']],
    ['every 15 minutes', ['2024-01-10T00:15', '2024-01-10T00:30', '2024-01-10T00:45']],
  ])('%s comes at %j', (text, times) => {
    const { cron = '' } = { cron: '', ...readSchedule(text) };
    const runs = new Cron(cron, { paused: true, timezone: 'UTC' }).nextRuns(3, new Date('2024-01-10T00:00:00Z'));
    expect(runs.map((run) => run.toISOString().slice(0, 16))).toEqual(times);
  });

  it.each([
    ['every', 'time of day'],
    ['every day', 'time of day'],
    ['every munday at 10:00', 'monday'],
    ['every day at 24:00', 'no time 24:00'],
    ['every day at ten', 'every day at 10:00'],
    ['every month at 10:00', 'which day'],
    ['every month on day 32 at 10:00', 'no day 32'],
    ['every 7 minutes', 'divide an hour'],
    ['every 60 minutes', 'every hour'],
    ['every month on the frist monday at 10:00', 'on the first monday'],
    ['every month on the sixth monday at 10:00', 'first monday'],
    ['every 2 days at 10:00', 'every day at 10:00'],
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
