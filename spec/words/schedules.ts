import { Cron } from 'croner';
import { readTimeOfDay } from './readings.ts';
import { suggest } from './suggest.ts';
import { t } from './t.ts';
import { readWeekdays, weekdayNames } from './weekdays.ts';

const shapes = () =>
  t`Write \`every 15 minutes\`, \`every hour\`, \`every day at 10:00\`, \`every weekday at 9:30\`, \`every monday and thursday at 9:30\`, \`every month on day 1 at 10:00\`, \`every month on the last day at 10:00\`, \`every month on the first monday at 10:00\`, or five fields of cron.`;

export type Schedule = { cron: string; problem?: undefined } | { problem: string };

/** Reads words ("every monday at 10:00") or five fields of cron into five fields of cron. */
export function readSchedule(text: string): Schedule {
  const words = text.trim().toLowerCase().replaceAll(/\s+/g, ' ');
  return words.startsWith('every') ? readWords(words) : readCron(text.trim().replaceAll(/\s+/g, ' '));
}

/** Returns the words of five fields of cron, by which they are read back; what has no words stays cron. */
export function printSchedule(cron: string): string {
  const words = wordsOf(cron);
  const read = readSchedule(words);
  return read.problem === undefined && read.cron === cron ? words : cron;
}

function wordsOf(cron: string): string {
  if (cron === '0 * * * *') return 'every hour';
  if (cron === '* * * * *') return 'every minute';
  const [minute = '', hour = '', day = '', , weekday = ''] = cron.split(' ');
  if (minute.startsWith('*/')) return `every ${minute.slice(2)} minutes`;
  const at = `at ${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (day === 'L') return `every month on the last day ${at}`;
  if (day !== '*') return `every month on day ${day} ${at}`;
  const [number = '', nth] = weekday.split('#');
  if (nth !== undefined)
    return `every month on the ${nth === 'L' ? 'last' : which[Number(nth) - 1]} ${weekdayNames[(Number(number) + 6) % 7]} ${at}`;
  if (weekday === '*') return `every day ${at}`;
  const days = weekday.split(',').map((each) => Number(each) || 7);
  return `every ${weekday === '1-5' ? 'weekday' : days.map((each) => weekdayNames[each - 1]).join(' and ')} ${at}`;
}

function readWords(words: string): Schedule {
  if (words === 'every hour') return { cron: '0 * * * *' };
  const minutes = /^every (?:(\d+) )?minutes?$/.exec(words);
  if (minutes) return everyMinutes(Number(minutes[1] ?? 1));
  const match = /^every (.+?)(?: on (.+?))? at (\d{1,2}:\d\d)$/.exec(words);
  if (!match) {
    const timed = /^every (hour|.+ at \S+)$/.test(words);
    return { problem: timed ? shapes() : [t`A time of day is missing.`, shapes()].join(' ') };
  }
  const [, what = '', on, clock = ''] = match;
  const minute = readTimeOfDay(clock);
  if (minute === undefined) return { problem: t`There is no time ${clock}.` };
  const time = `${minute % 60} ${Math.floor(minute / 60)}`;
  if (what === 'month') return monthly(time, on);
  if (on !== undefined) return { problem: shapes() };
  if (what === 'day') return { cron: `${time} * * *` };
  return weekly(time, what);
}

function everyMinutes(minutes: number): Schedule {
  if (minutes === 1) return { cron: '* * * * *' };
  if (minutes > 0 && minutes < 60 && 60 % minutes === 0) return { cron: `*/${minutes} * * * *` };
  const help = t`The minutes divide an hour evenly: 1, 2, 3, 4, 5, 6, 10, 12, 15, 20 or 30; an hour is \`every hour\`.`;
  return { problem: help };
}

const which = ['first', 'second', 'third', 'fourth', 'fifth', 'last'];

function monthly(time: string, on: string | undefined): Schedule {
  if (on === undefined) return { problem: t`Say on which day: \`every month on day 1 at 10:00\`.` };
  if (on === 'the last day') return { cron: `${time} L * *` };
  const number = /^day (\d{1,2})$/.exec(on)?.[1];
  if (number !== undefined) {
    const day = Number(number);
    return day >= 1 && day <= 31
      ? { cron: `${time} ${day} * *` }
      : { problem: t`There is no day ${String(day)} in any month.` };
  }
  const [, ordinal = '', name = ''] = /^the (\w+) (\w+)$/.exec(on) ?? [];
  const weekday = weekdayNames.indexOf(name);
  if (which.includes(ordinal) && weekday !== -1) {
    const nth = ordinal === 'last' ? 'L' : which.indexOf(ordinal) + 1;
    return { cron: `${time} * * ${(weekday + 1) % 7}#${nth}` };
  }
  const meant = suggest(on, [
    ...which.flatMap((one) => weekdayNames.map((day) => `the ${one} ${day}`)),
    'the last day',
  ]);
  return { problem: [meant === undefined ? [] : t`Did you mean \`on ${meant}\`?`, shapes()].flat().join(' ') };
}

function weekly(time: string, what: string): Schedule {
  const read = readWeekdays(what, ['day', 'hour', 'month']);
  if (read.problem !== undefined) return { problem: `${read.problem} ${shapes()}`.trim() };
  if (what === 'weekday') return { cron: `${time} * * 1-5` };
  return {
    cron: `${time} * * ${read.days
      .map((day) => day % 7)
      .sort()
      .join(',')}`,
  };
}

function readCron(text: string): Schedule {
  const fields = text.split(' ');
  if (fields.length !== 5) {
    return { problem: [t`Cron has five fields: minute, hour, day of month, month, day of week.`, shapes()].join(' ') };
  }
  try {
    const cron = new Cron(text, { paused: true, timezone: 'UTC' });
    // The instant is fixed: the question is only if the schedule has any, leap years included.
    if (cron.nextRun(new Date(Date.UTC(2024, 0, 1)))) return { cron: text };
    return { problem: t`This day never comes.` };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const wrong = fields.findIndex((_, index) => !isField(fields, index));
    return { problem: [wrongField(wrong, fields[wrong] ?? text), shapes()].join(' ') };
  }
}

/** Returns true if cron understands a field while the others are `*`. */
function isField(fields: readonly string[], index: number): boolean {
  try {
    new Cron(fields.map((field, i) => (i === index ? field : '*')).join(' '), { paused: true, timezone: 'UTC' });
    return true;
  } catch {
    return false;
  }
}

function wrongField(index: number, field: string): string {
  const messages = [
    t`The minute of cron cannot be \`${field}\`.`,
    t`The hour of cron cannot be \`${field}\`.`,
    t`The day of the month of cron cannot be \`${field}\`.`,
    t`The month of cron cannot be \`${field}\`.`,
    t`The day of the week of cron cannot be \`${field}\`.`,
  ];
  return messages[index] ?? t`Cron does not understand \`${field}\`.`;
}
