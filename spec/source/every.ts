import { Cron } from 'croner';
import { suggest } from '../check/suggest.ts';

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const shapes =
  'Write `every hour`, `every day at 10:00`, `every monday and thursday at 9:30`, `every month on day 1 at 10:00`, or five fields of cron.';

export type Schedule = { cron: string; problem?: undefined } | { problem: string };

/** Words ("every monday at 10:00") or five fields of cron → five fields of cron. */
export function readSchedule(text: string): Schedule {
  const words = text.trim().toLowerCase().replaceAll(/\s+/g, ' ');
  return words.startsWith('every') ? readWords(words) : readCron(text.trim().replaceAll(/\s+/g, ' '));
}

function readWords(words: string): Schedule {
  if (words === 'every hour') return { cron: '0 * * * *' };
  const match = /^every (.+?)(?: on day (\d{1,2}))? at (\d{1,2}):(\d\d)$/.exec(words);
  if (!match) {
    const timed = /^every (hour|.+ at \S+)$/.test(words);
    return { problem: timed ? shapes : `A time of day is missing. ${shapes}` };
  }
  const [, what = '', day, hours = '', minutes = ''] = match;
  if (Number(hours) > 23 || Number(minutes) > 59) return { problem: `There is no time ${hours}:${minutes}.` };
  const time = `${Number(minutes)} ${Number(hours)}`;
  if (what === 'month') return monthly(time, day);
  if (day !== undefined) return { problem: shapes };
  if (what === 'day') return { cron: `${time} * * *` };
  return weekly(time, what);
}

function monthly(time: string, day: string | undefined): Schedule {
  const number = Number(day);
  if (day === undefined) return { problem: 'Say on which day: `every month on day 1 at 10:00`.' };
  if (number < 1 || number > 31) return { problem: `There is no day ${number} in any month.` };
  return { cron: `${time} ${number} * *` };
}

function weekly(time: string, what: string): Schedule {
  const days = new Set<number>();
  for (const name of what.split(/ and |, ?/)) {
    const number = weekdays.indexOf(name);
    if (number === -1) {
      const meant = suggest(name, [...weekdays, 'day', 'hour', 'month']);
      return { problem: meant ? `Did you mean \`${meant}\`? ${shapes}` : shapes };
    }
    days.add(number);
  }
  return { cron: `${time} * * ${[...days].sort().join(',')}` };
}

function readCron(text: string): Schedule {
  const fields = text.split(' ');
  if (fields.length !== 5) {
    return { problem: `Cron has five fields: minute, hour, day of month, month, day of week. ${shapes}` };
  }
  try {
    const cron = new Cron(text, { paused: true, timezone: 'UTC' });
    // A fixed instant: only whether it ever comes is asked, and all leap years within reach count.
    if (cron.nextRun(new Date(Date.UTC(2024, 0, 1)))) return { cron: text };
    return { problem: 'This day never comes.' };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { problem: `${error.message.replace(/^CronPattern: /, '')}. ${shapes}` };
  }
}
