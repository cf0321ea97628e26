import type { DateStyle } from '../../../spec/template/helpers.ts';

export interface Format {
  /** BCP 47. */
  readonly locale: string;
  /** ISO 4217 amounts in the project's currency; whole ones without decimals. */
  money(amount: number): string;
  number(value: number): string;
  /** `value`: epoch milliseconds, shown in `timezone`, or a `YYYY-MM-DD`, which has no zone. */
  date(value: number | string, style: DateStyle, timezone: string): string;
  pluralForm(value: number): Intl.LDMLPluralRule;
}

const styles: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  short: { dateStyle: 'short' },
  medium: { dateStyle: 'medium' },
  long: { dateStyle: 'long' },
  full: { dateStyle: 'full' },
  time: { timeStyle: 'short' },
  datetime: { dateStyle: 'long', timeStyle: 'short' },
};

/** Formatters are costly to make and cheap to use, so each is made once. */
export function createFormat(locale: string, currency: string, fallbackZone: string): Format {
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' });
  const number = new Intl.NumberFormat(locale);
  const plural = new Intl.PluralRules(locale);
  const dates = new Map<string, Intl.DateTimeFormat>();

  function dateFormat(style: DateStyle, timeZone: string): Intl.DateTimeFormat {
    const key = `${style} ${timeZone}`;
    const known = dates.get(key);
    if (known) return known;
    const zone = isZone(timeZone) ? timeZone : fallbackZone;
    const made = new Intl.DateTimeFormat(locale, { ...styles[style], timeZone: zone });
    dates.set(key, made);
    return made;
  }

  return {
    locale,
    money: (amount) => money.format(amount),
    number: (value) => number.format(value),
    pluralForm: (value) => plural.select(value),
    date(value, style, timezone) {
      const instant = typeof value === 'number' ? value : Date.parse(`${value}T00:00:00Z`);
      // Beyond what a calendar holds there is nothing to show.
      if (!(Math.abs(instant) <= 8.64e15)) return String(value);
      return dateFormat(style, typeof value === 'number' ? timezone : 'UTC').format(instant);
    },
  };
}

function isZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}
