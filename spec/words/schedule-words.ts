import { t, translated } from './t.ts';
import { weekdayNames } from './weekdays.ts';

const nths: Record<string, string> = { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', 5: 'fifth', L: 'last' };

/** Returns five fields of cron in the words that a file may use for them; what has no words stays cron. */
export function scheduleWords(cron: string): string {
  if (cron === '0 * * * *') return t`every hour`;
  const minutes = /^\*\/(\d+) \* \* \* \*$/.exec(cron)?.[1];
  if (cron === '* * * * *' || minutes === '1') return t`every minute`;
  if (minutes !== undefined) return t`every ${Number(minutes)} minutes`;
  const [, minute = '', hour = '', day = '', weekday = ''] = /^(\d+) (\d+) (\S+) \* (\S+)$/.exec(cron) ?? [];
  const at = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  return on(day, weekday, at) ?? t`on schedule ${cron}`;
}

function on(day: string, weekday: string, at: string): string | undefined {
  if (day === '*' && weekday === '*') return t`every day at ${at}`;
  if (weekday === '*' && day === 'L') return t`every month on the last day at ${at}`;
  if (weekday === '*' && /^\d+$/.test(day)) return t`every month on day ${day} at ${at}`;
  if (day !== '*') return undefined;
  if (weekday === '1-5') return t`every weekday at ${at}`;
  const [, only = '', nth = ''] = /^([0-7])#([1-5L])$/.exec(weekday) ?? [];
  // A translation needs both words, because one depends on the other.
  if (only !== '')
    return t`every month on the ${nths[nth] ?? nth} ${weekdayNames[(Number(only) + 6) % 7] ?? ''} at ${at}`;
  if (!/^[0-7](,[0-7])*$/.test(weekday)) return undefined;
  const days = [...new Set(weekday.split(',').map((each) => Number(each) || 7))].sort();
  return days.join() === working ? t`every weekday at ${at}` : t`every ${weekdays(days)} at ${at}`;
}

const working = '1,2,3,4,5';

/** Returns days as `monday and thursday` in the language of the output. */
export function weekdays(days: readonly number[]): string {
  if (days.join() === working) return t`weekday`;
  return days.map((day) => translated(weekdayNames[day - 1] ?? '')).join(t` and `);
}
