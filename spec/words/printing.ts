import { weekdayWords } from './weekdays.ts';

/** Returns hundredths of a percent as a percentage. */
export function percent(hundredths: number): string {
  return `${hundredths / 100}%`;
}

/** Returns a minute of the day as `HH:MM`. */
export function timeOfDay(minute: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** Returns a sign and the shortest duration without blanks: `+1h30m`. */
export function offset(ms: number): string {
  let rest = Math.abs(ms);
  const parts = units.flatMap(([unit, size]) => {
    const count = unit === 's' ? rest / size : Math.floor(rest / size);
    rest -= Math.floor(count) * size;
    return count > 0 ? [`${count}${unit}`] : [];
  });
  return `${ms < 0 ? '-' : '+'}${parts.join('') || '0m'}`;
}

const units: [string, number][] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
];

/** Returns a time of day, with the days of the week if there are only some. */
export function clockTime({ minuteOfDay, weekdays }: { minuteOfDay: number; weekdays?: number[] }): string {
  return `${weekdays ? `${weekdayWords(weekdays)} at ` : ''}${timeOfDay(minuteOfDay)}`;
}
