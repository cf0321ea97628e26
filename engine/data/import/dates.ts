/** The order of the numbers of a date that ends with its year. */
export type Order = 'day-month' | 'month-day';

/** A column of dates or instants. */
export interface Dates {
  type: 'date' | 'instant';
  /** The forms to declare; none: ISO 8601. */
  forms: string[];
  /** Known from a day above 12, or from the custom of the separator; absent: no date ends with its year. */
  order?: Order;
  /** The column does not distinguish the day from the month. */
  ambiguous?: { example: string };
  /** A year has two digits, so no form reads the value. */
  shortYears?: true;
}

/** The share of values that may be mistakes. */
export const STRAY = 0.05;

interface Parts {
  /** The three numbers of the date in their order. */
  numbers: [string, string, string];
  separator: string;
  /** The form of the time of day, with what sets it apart from the date. */
  time: string;
}

const DATE =
  /^(\d{1,4})([./-])(\d{1,2})\2(\d{4}|\d{2}|\d)(?:(T|,? +)(\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?( ?)([AaPp]\.?[Mm]\.?)?( ?)(UTC|GMT|Z|[+-]\d\d(?::?\d\d)?)?)?$/;
const ISO = /^\d{4}-\d\d-\d\d(?:[Tt ]\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,9})?)? ?(?:[Zz]|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?$/;

/** Returns the type and the forms of a column's values, if all of them are dates; `asked`: the order to take where the values leave it open. */
export function datesOf(values: string[], asked?: Order): Dates | undefined {
  if (values.length === 0) return undefined;
  const others = values.filter((value) => !ISO.test(value));
  const found = others.flatMap((value) => partsOf(value) ?? []);
  if (others.length - found.length > STRAY * values.length) return undefined;
  const type = values.some((value) => value.includes(':')) ? 'instant' : 'date';
  if (found.length === 0) return { type, forms: [] };
  const short = found.filter(({ numbers }) => numbers[0].length < 4 && numbers[2].length < 4);
  // Two digits of which any may be the year, and years of one digit, are left alone.
  // Beside whole years of the same notation two digits are the year.
  const whole = found.filter(({ numbers }) => numbers[2].length === 4);
  const alone = short.length === found.length;
  const beside = ({ separator }: Parts) => whole.some((one) => one.separator === separator);
  const readable = short.every((one) => one.numbers[2].length === 2 && (alone || beside(one)));
  if (short.length > 0 && !readable) return { type, forms: [], shortYears: true };
  const last = found.filter(({ numbers }) => numbers[0].length < 4);
  const told = orderOf(last);
  if (told === 'neither') return undefined;
  const order = told ?? asked ?? 'day-month';
  const forms = formsOf(found, order);
  const settled = last.length === 0 || told !== undefined;
  const example = last[0] ? last[0].numbers.join(last[0].separator) : '';
  return {
    type,
    forms,
    ...(last.length > 0 && { order }),
    ...(!settled && { ambiguous: { example } }),
  };
}

function partsOf(value: string): Parts | undefined {
  const [, first = '', separator = '', second = '', third = '', gap = '', hours, minutes, ...rest] =
    DATE.exec(value) ?? [];
  if (first === '' || first.length === 3 || (first.length === 4 && third.length === 4)) return undefined;
  if (hours === undefined) return { numbers: [first, second, third], separator, time: '' };
  const [seconds, fraction, half = '', day, zoneGap = '', zone] = rest;
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
  const hour = day ? 'h' : hours.length === 1 ? 'H' : 'HH';
  const offset = zone === undefined ? '' : zone === 'UTC' || zone === 'GMT' ? 'UTC' : 'Z';
  const time = [
    gap === 'T' ? 'T' : gap,
    `${hour}:mm`,
    seconds === undefined ? '' : ':ss',
    fraction === undefined ? '' : '.SSS',
    day ? `${half}A` : half,
    `${zoneGap}${offset}`,
  ].join('');
  return { numbers: [first, second, third], separator, time: time.trimEnd() };
}

/** Undefined: the values leave it open. Neither: numbers above 12 are in both places, more than mistakes would be. */
function orderOf(parts: Parts[]): Order | 'neither' | undefined {
  const above = (at: 0 | 1) => parts.filter(({ numbers }) => Number(numbers[at]) > 12).length;
  const [first, second] = [above(0), above(1)];
  if (Math.min(first, second) > STRAY * parts.length) return 'neither';
  if (first !== second) return first > second ? 'day-month' : 'month-day';
  // Dates with dots have the day first.
  return parts.length > 0 && parts.every(({ separator }) => separator === '.') ? 'day-month' : undefined;
}

/** Returns the forms of dates: of those with one separator and one place of the year, a form for each way to write the time. */
function formsOf(parts: Parts[], order: Order): string[] {
  const yearFirst = ({ numbers }: Parts) => numbers[0].length === 4;
  const groups = Map.groupBy(parts, (one) => `${one.separator}${yearFirst(one)}${one.numbers[2].length}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const [dayAt, monthAt] = yearFirst(first) ? [2, 1] : order === 'day-month' ? [0, 1] : [1, 0];
    const short = (at: number) => group.some(({ numbers }) => numbers[at]?.length === 1);
    const [day, month] = [short(dayAt) ? 'D' : 'DD', short(monthAt) ? 'M' : 'MM'];
    const year = first.numbers[2].length === 2 ? 'YY' : 'YYYY';
    const last = order === 'day-month' ? [day, month, year] : [month, day, year];
    const date = (yearFirst(first) ? ['YYYY', month, day] : last).join(first.separator);
    const times = [...new Set(group.map(({ time }) => time))];
    // A form with one digit takes two as well.
    const single = times.some((time) => /(?:^|[^H])H:/.test(time));
    return [...new Set(times.map((time) => `${date}${single ? time.replace('HH', 'H') : time}`))];
  });
}

/** Returns the form of a column of numbers that count from 1970 on, between 2000 and 2100. */
export function epochOf(values: string[]): 'epoch seconds' | 'epoch milliseconds' | undefined {
  const between = (unit: number) => (value: string) =>
    /^\d{9,13}(\.\d+)?$/.test(value) &&
    Number(value) * unit > 946_684_800_000 &&
    Number(value) * unit < 4_102_444_800_000;
  if (values.length === 0) return undefined;
  if (values.every(between(1000))) return 'epoch seconds';
  return values.every(between(1)) ? 'epoch milliseconds' : undefined;
}
