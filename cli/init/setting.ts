export const languages = { en: 'English', ru: 'русский' } as const;

export type Language = keyof typeof languages;

/** The settings of a new project. */
export interface Setting {
  /** The name of the project. */
  name: string;
  language: Language;
  /** The IANA name of the time zone. */
  timezone: string;
  /** The ISO 4217 code. */
  currency: string;
}

/** Currencies by the region of a locale; regions that are not listed have the euro. */
const currencies: Record<string, string> = {
  ...{ GB: 'GBP', US: 'USD', RU: 'RUB', BY: 'BYN', KZ: 'KZT', UA: 'UAH', UZ: 'UZS', AM: 'AMD', GE: 'GEL', KG: 'KGS' },
  ...{ CA: 'CAD', AU: 'AUD', NZ: 'NZD', CH: 'CHF', SE: 'SEK', NO: 'NOK', DK: 'DKK', PL: 'PLN', CZ: 'CZK', HU: 'HUF' },
  ...{ RO: 'RON', TR: 'TRY', IL: 'ILS', AE: 'AED', IN: 'INR', JP: 'JPY', CN: 'CNY', KR: 'KRW', BR: 'BRL', MX: 'MXN' },
};

/**
 * Returns the setting that an environment suggests: the language and the currency by `CRM_LANG`, `LC_ALL`, `LC_MESSAGES` or `LANG`, as in
 * `ru_RU.UTF-8`, the zone by the system. The defaults are English, the euro and UTC.
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

/** Returns the setting with the given parts. A given language other than the environment's implies its usual zone and currency. */
export function settingIn(near: Omit<Setting, 'name'>, given: Partial<Setting>): Omit<Setting, 'name'> {
  const { language = near.language } = given;
  const [timezone = near.timezone] = usual[language].zones;
  const [currency = near.currency] = usual[language].currencies;
  return { ...near, ...(language !== near.language && { timezone, currency }), ...given };
}
