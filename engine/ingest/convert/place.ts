import { type Converter, ofText, remembered, type Trouble } from './converter.ts';

const BAD_ZONE: Trouble = { code: 'bad-timezone', why: 'is not a time zone; write it like Europe/Moscow', soft: true };
const BAD_LOCALE: Trouble = { code: 'bad-locale', why: 'is not a locale; write it like ru or en-GB', soft: true };

const KNOWN = new Set(Intl.supportedValuesOf('timeZone'));

/** An IANA zone in its usual spelling. */
export const timezone: Converter = ofText(
  remembered((cell) => (KNOWN.has(cell) ? cell : (resolvedZone(cell) ?? BAD_ZONE))),
  BAD_ZONE,
);

function resolvedZone(cell: string): string | undefined {
  // Intl takes bare offsets too, which know nothing of summer time.
  if (cell.length > 64 || !/^[A-Za-z]/.test(cell)) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: cell }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** A BCP 47 tag in canonical form; `ru_RU` is taken for `ru-RU`. */
export const locale: Converter = ofText(
  remembered((cell) => {
    try {
      return (cell.length <= 64 && Intl.getCanonicalLocales(cell.replaceAll('_', '-'))[0]) || BAD_LOCALE;
    } catch {
      return BAD_LOCALE;
    }
  }),
  BAD_LOCALE,
);
