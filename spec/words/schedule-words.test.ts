import { expect, it } from 'vitest';
import { scheduleWords } from './schedule-words.ts';
import { readSchedule } from './schedules.ts';

it.each([
  'every 15 minutes',
  'every minute',
  'every hour',
  'every day at 10:00',
  'every weekday at 09:30',
  'every sunday at 09:05',
  'every monday and thursday at 09:30',
  'every month on day 1 at 10:00',
  'every month on the last day at 10:00',
  'every month on the first monday at 10:00',
  'every month on the last sunday at 23:59',
])('%s', (words) => {
  const { cron } = readSchedule(words) as { cron: string };
  expect(scheduleWords(cron)).toBe(words);
});

it.each(['0 10 1 1 *', '0 10-12 * * *', '0,30 8 * * *', '0 10 1 * 1', '0 10 * * 1-3', '0 10 * * MON'])(
  'leaves %s as it is',
  (cron) => {
    expect(scheduleWords(cron)).toBe(`on schedule ${cron}`);
  },
);
