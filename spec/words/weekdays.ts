import { suggest } from './suggest.ts';
import { laterAll, t } from './t.ts';

export const weekdayNames: readonly string[] = laterAll([
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
]);

/** The five days that `weekday` means. */
const working = [1, 2, 3, 4, 5];

export type Weekdays = { days: number[]; problem?: undefined } | { problem: string };

/** Reads `monday and thursday` or `weekday` into days, 1 (Monday) to 7, ascending, each once. `others`: other words that may be meant. */
export function readWeekdays(text: string, others: readonly string[] = []): Weekdays {
  if (text === 'weekday') return { days: working };
  const days = new Set<number>();
  for (const name of text.split(/ and |, ?/)) {
    const index = weekdayNames.indexOf(name);
    if (index === -1) {
      const meant = suggest(name, [...weekdayNames, 'weekday', ...others]);
      return { problem: meant ? t`Did you mean \`${meant}\`?` : '' };
    }
    days.add(index + 1);
  }
  return { days: [...days].sort() };
}

/** Returns the words for some days of the week. */
export function weekdayWords(days: readonly number[]): string {
  if (days.join() === working.join()) return 'weekday';
  return days.map((day) => weekdayNames[day - 1]).join(' and ');
}
