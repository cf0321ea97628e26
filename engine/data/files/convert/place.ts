import { later } from '../../../../spec/words/t.ts';
import { type Converter, ofText, remembered, type Trouble } from './converter.ts';

const BAD_ZONE: Trouble = {
  code: 'bad-timezone',
  why: (what) => later`${what} is not a time zone; write it like Europe/Moscow`,
  soft: true,
};
const BAD_COUNTRY: Trouble = {
  code: 'bad-country',
  why: (what) => later`${what} is not a country; write it like RU or GB`,
  soft: true,
};
const BAD_LOCALE: Trouble = {
  code: 'bad-locale',
  why: (what) => later`${what} is not a locale of a language that is known; write it like ru or en-GB`,
  soft: true,
};

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

/** A BCP 47 tag of a known language, in canonical form; `ru_RU` is taken for `ru-RU`, a name in English, Russian or its own for its language. */
export const locale: Converter = ofText(
  remembered((cell) => {
    try {
      const tag = cell.length <= 64 ? Intl.getCanonicalLocales(cell.replaceAll('_', '-'))[0] : undefined;
      if (tag !== undefined && isLanguage(new Intl.Locale(tag).language)) return tag;
    } catch {
      // No tag: perhaps a name.
    }
    languageNames ??= namesOf('language', (code) => isLanguage(code), 'abcdefghijklmnopqrstuvwxyz');
    return languageNames.get(folded(cell)) ?? BAD_LOCALE;
  }),
  BAD_LOCALE,
);

/** Two letters of ISO 3166, of a country that is known; also its name in English or Russian. */
export const country: Converter = ofText(
  remembered((cell) => {
    const code = cell.toUpperCase();
    if (/^[A-Z]{2}$/.test(code) && isRegion(code)) return code;
    regionNames ??= namesOf('region', isRegion, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ');
    return regionNames.get(folded(cell)) ?? ALSO[folded(cell)] ?? BAD_COUNTRY;
  }),
  BAD_COUNTRY,
);

const ALSO: Record<string, string> = {
  usa: 'US',
  uk: 'GB',
  'российская федерация': 'RU',
  рф: 'RU',
  'республика беларусь': 'BY',
  'республика казахстан': 'KZ',
};

let languageNames: Map<string, string> | undefined;
let regionNames: Map<string, string> | undefined;

const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
const languages = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** A code that has been replaced by another is refused. */
function isRegion(code: string): boolean {
  const none = ['ZZ', 'EU', 'EZ', 'UN', 'QO', 'XA', 'XB'].includes(code);
  return !none && new Intl.Locale(`und-${code}`).region === code && regions.of(code) !== undefined;
}

function isLanguage(code: string): boolean {
  return !['und', 'mul', 'zxx', 'mis', 'root'].includes(code) && languages.of(code) !== undefined;
}

/** The names of all codes of two letters, in English, in Russian, and of languages in themselves. */
function namesOf(
  type: 'language' | 'region',
  isKnown: (code: string) => boolean,
  letters: string,
): Map<string, string> {
  const codes = [...letters].flatMap((a) => [...letters].map((b) => a + b)).filter(isKnown);
  return new Map(
    codes.flatMap((code) =>
      ['en', 'ru', ...(type === 'language' ? [code] : [])].flatMap((language) => {
        const name = new Intl.DisplayNames([language], { type, fallback: 'none' }).of(code);
        return name === undefined ? [] : [[folded(name), code] as const];
      }),
    ),
  );
}

function folded(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/** Returns the country that a time zone is of; undefined: none, or several. */
export const countryOfZone = remembered((zone): string | null => {
  const known = resolvedZone(zone);
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const codes = letters.flatMap((a) => letters.map((b) => a + b)).filter(isRegion);
  const of = codes.filter((code) => zonesOf(code).some((one) => one === zone || one === known));
  return of.length === 1 ? (of[0] ?? null) : null;
});

function zonesOf(region: string): string[] {
  const locale: Intl.Locale & { getTimeZones?(): string[] | undefined; timeZones?: string[] } = new Intl.Locale(
    `und-${region}`,
  );
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}
