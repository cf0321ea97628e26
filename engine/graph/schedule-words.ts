import { weekdayNames, weekdayWords } from '../../spec/source/weekdays.ts';

const nths: Record<string, string> = { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', 5: 'fifth', L: 'last' };

/** Five fields of cron in the words that a file may use for them; what has no words stays cron. */
export function scheduleWords(cron: string): string {
  if (cron === '0 * * * *') return 'every hour';
  if (cron === '* * * * *') return 'every minute';
  const minutes = /^\*\/(\d+) \* \* \* \*$/.exec(cron)?.[1];
  if (minutes !== undefined) return minutes === '1' ? 'every minute' : `every ${minutes} minutes`;
  const [, minute = '', hour = '', day = '', weekday = ''] = /^(\d+) (\d+) (\S+) \* (\S+)$/.exec(cron) ?? [];
  const on = days(day, weekday);
  return on === undefined
    ? `on schedule ${cron}`
    : `every ${on} at ${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
}

function days(day: string, weekday: string): string | undefined {
  if (day === '*' && weekday === '*') return 'day';
  if (weekday === '*' && day === 'L') return 'month on the last day';
  if (weekday === '*' && /^\d+$/.test(day)) return `month on day ${day}`;
  if (day !== '*') return undefined;
  if (weekday === '1-5') return 'weekday';
  const [, only = '', nth = ''] = /^([0-7])#([1-5L])$/.exec(weekday) ?? [];
  if (only !== '') return `month on the ${nths[nth]} ${weekdayNames[(Number(only) + 6) % 7]}`;
  if (!/^[0-7](,[0-7])*$/.test(weekday)) return undefined;
  return weekdayWords([...new Set(weekday.split(',').map((each) => Number(each) || 7))].sort());
}
