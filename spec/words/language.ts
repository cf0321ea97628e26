/** The languages of texts for people. Codes, names and JSON are the same in all of them. */
export const languages = ['en', 'ru'] as const;
export type Language = (typeof languages)[number];

/** A value in a text. A number is written as the language writes it; hand in a name, a line or a port as text. */
export type Value = string | number;

/** A translated text with `{0}`, `{1}` … for the values; or a function of them, where words depend on a number. */
export type Translation = string | ((...values: Value[]) => string);

/** Translations by their English texts, whose values are `{0}`, `{1}` … */
export type Texts = Record<string, Translation>;

/** The forms of nouns after 1, after 2 and after 5, by their English singular. */
export type Nouns = Record<string, readonly [one: string, few: string, many: string]>;

export interface Catalogue {
  texts: ReadonlyMap<string, Translation>;
  /** Translations of texts that are stored in English with their values, and translated when they are shown. */
  stored: ReadonlyMap<string, Translation>;
  nouns: ReadonlyMap<string, readonly [one: string, few: string, many: string]>;
}

interface Current {
  language: Language;
  catalogue?: Catalogue;
  numbers: Intl.NumberFormat;
  plurals: Intl.PluralRules;
}

let current = settingOf('en');

/** Sets the language of all texts of this process from here on. English needs no catalogue: its texts are in the code. */
export function useLanguage(language: Language, catalogue?: Catalogue): void {
  if (language !== current.language || catalogue !== current.catalogue) current = settingOf(language, catalogue);
}

/** Returns the language of texts for people, with its catalogue and its forms of numbers. */
export function currentLanguage(): Readonly<Current> {
  return current;
}

/** Returns the result of a function that runs with English texts, for files that programs read. */
export function inEnglish<Made>(make: () => Made): Made {
  const before = current;
  current = settingOf('en');
  try {
    return make();
  } finally {
    current = before;
  }
}

/** Creates formats only when they are used: creating one takes milliseconds, and many commands need none. */
function settingOf(language: Language, catalogue?: Catalogue): Current {
  let numbers: Intl.NumberFormat | undefined;
  let plurals: Intl.PluralRules | undefined;
  return {
    language,
    ...(catalogue && { catalogue }),
    get numbers() {
      numbers ??= new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
      return numbers;
    },
    get plurals() {
      plurals ??= new Intl.PluralRules(language);
      return plurals;
    },
  };
}
