import { DateTime } from 'luxon';

export const languages = { en: 'English', ru: 'русский' } as const;

export type Language = keyof typeof languages;

/** The choices of a new project that do not concern its campaign. */
export interface Setting {
  /** The project's. */
  name: string;
  language: Language;
  /** IANA. */
  timezone: string;
  /** ISO 4217. */
  currency: string;
}

/** The texts of a new project in its language, and its local instants. */
export interface Wording extends Setting {
  /** Chooses the text in the project's language. */
  say(en: string, ru: string): string;
  /** `2026-03-02T10:00` in the project's zone, with its offset. */
  instant(local: string): string;
  /** A sum that is usual for goods in the project's country. `about`: in euros. */
  amount(about: number): number;
  /** A customer's phone number, of a range that nobody has. `n`: from 1 to 99. */
  phone(n: number): string;
}

export function wording(setting: Setting): Wording {
  const { language, timezone } = setting;
  return {
    ...setting,
    say: (en, ru) => (language === 'ru' ? ru : en),
    instant: (local) =>
      DateTime.fromISO(local, { zone: timezone }).toISO({ suppressMilliseconds: true })?.replace(/Z$/, '+00:00') ??
      local,
    amount: (about) => (language === 'ru' ? 100 * about : about),
    phone: (n) => (language === 'ru' ? '+700000000' : '+4477009000') + String(n).padStart(2, '0'),
  };
}

/** By the region of a locale; the euro has more of them than are here. */
const currencies: Record<string, string> = {
  ...{ GB: 'GBP', US: 'USD', RU: 'RUB', BY: 'BYN', KZ: 'KZT', UA: 'UAH', UZ: 'UZS', AM: 'AMD', GE: 'GEL', KG: 'KGS' },
  ...{ CA: 'CAD', AU: 'AUD', NZ: 'NZD', CH: 'CHF', SE: 'SEK', NO: 'NOK', DK: 'DKK', PL: 'PLN', CZ: 'CZK', HU: 'HUF' },
  ...{ RO: 'RON', TR: 'TRY', IL: 'ILS', AE: 'AED', IN: 'INR', JP: 'JPY', CN: 'CNY', KR: 'KRW', BR: 'BRL', MX: 'MXN' },
};

/**
 * The setting that an environment suggests: the language and the currency by `CRM_LANG`, `LC_ALL`, `LC_MESSAGES` or `LANG`, as in
 * `ru_RU.UTF-8`, the zone by the system. English, the euro and UTC where it suggests nothing.
 */
export function suggested(env: Record<string, string | undefined>): Omit<Setting, 'name'> {
  const locale = env.CRM_LANG || env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  const [, language = '', region = ''] = /^([a-z]{2})(?:[_-]([A-Z]{2}))?(?:[.@]|$)/.exec(locale) ?? [];
  const zone = env.TZ || Intl.DateTimeFormat().resolvedOptions().timeZone;
  return {
    language: language === 'ru' ? 'ru' : 'en',
    timezone: Intl.supportedValuesOf('timeZone').includes(zone) ? zone : 'UTC',
    currency: currencies[region] ?? (language === 'ru' ? 'RUB' : 'EUR'),
  };
}

/** The usual zones and currencies of shops by language. */
export const usual: Record<Language, { zones: string[]; currencies: string[] }> = {
  en: { zones: ['UTC', 'Europe/London', 'America/New_York'], currencies: ['EUR', 'GBP', 'USD'] },
  ru: { zones: ['Europe/Moscow', 'Asia/Yekaterinburg', 'Asia/Almaty'], currencies: ['RUB', 'KZT', 'BYN'] },
};

/** The setting with what is given of it. A language that is given, and not the environment's, brings its usual zone and currency. */
export function settingIn(near: Omit<Setting, 'name'>, given: Partial<Setting>): Omit<Setting, 'name'> {
  const { language = near.language } = given;
  const [timezone = near.timezone] = usual[language].zones;
  const [currency = near.currency] = usual[language].currencies;
  return { ...near, ...(language !== near.language && { timezone, currency }), ...given };
}
