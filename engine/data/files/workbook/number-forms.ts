/** A number that is shown as a day (perhaps with a time), or as a time of day. */
export type NumberForm = 'date' | 'time';

const DATES = [14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58];
const TIMES = [18, 19, 20, 21, 32, 33, 45, 47];

/** Returns the form of a number by the number of its format, and the format's code where the workbook defines it. */
export function numberForm(id: number, code?: string): NumberForm | undefined {
  if (code === undefined) return DATES.includes(id) ? 'date' : TIMES.includes(id) ? 'time' : undefined;
  const [first = ''] = code.split(';');
  // A duration counts on after 24 hours.
  if (/\[(h+|m+|s+)\]/i.test(first)) return undefined;
  const letters = first
    .replace(/"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]/g, '')
    .replace(/s\.0+/gi, 's')
    .replace(/am\/pm|a\/p/gi, 'h')
    .toLowerCase();
  if (/[0#?@]/.test(letters) || letters === 'general') return undefined;
  if (/[yd]|mmm/.test(letters)) return 'date';
  if (/[hs]/.test(letters)) return 'time';
  return letters.includes('m') ? 'date' : undefined;
}

const DAY = 86_400_000;
/** The serial numbers of 1 January 1970 and 1 January 10000. */
const [EPOCH, END] = [25_569, 2_958_466];
/** Days between the two calendars of workbooks. */
const CALENDARS = 1462;

/**
 * Returns the day and time that a workbook keeps as a number: ISO 8601 without an offset. Undefined: it shows none. Serial numbers
 * count a 29 February 1900 that never was, and a day 0.
 */
export function shownTime(serial: number, form: NumberForm, since1904: boolean): string | undefined {
  if (form === 'time' && serial >= 0 && serial < 1)
    return new Date(Math.round(serial * DAY)).toISOString().slice(11, 19);
  const days = since1904 ? serial + CALENDARS : serial;
  if (!(days >= 0 && days < END)) return undefined;
  if (days < 1) return '1900-01-00';
  if (days >= 60 && days < 61) return '1900-02-29';
  const shown = new Date(Math.round((days - EPOCH + (days < 60 ? 1 : 0)) * DAY)).toISOString();
  if (shown.endsWith('T00:00:00.000Z')) return shown.slice(0, 10);
  return shown.slice(0, shown.endsWith('.000Z') ? 19 : 23);
}
