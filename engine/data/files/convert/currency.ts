/** An amount as it is written, without the currency beside it. */
export interface Amount {
  digits: string;
  /** The signs before and after the digits, at least one. */
  marks: string[];
}

const BEFORE = /^([+\-−]?)\s*([^\d\s.,+\-−'’][^\d]*?)\s*(?=[.,]?\d)/u;
const AFTER = /(?<=\d[.,]?)\s*([^\d\s.,+\-−'’][^\d]*)$/u;

/** Returns the amount of a text with a text before or after its digits; undefined: there is none. */
export function markedAmount(text: string): Amount | undefined {
  const [before = '', sign = '', first] = BEFORE.exec(text) ?? [];
  const rest = sign + text.slice(before.length);
  const [after = '', last] = AFTER.exec(rest) ?? [];
  const marks = [first, last].flatMap((mark) => (mark === undefined ? [] : [mark.trim()]));
  return marks.length > 0 ? { digits: rest.slice(0, rest.length - after.length), marks } : undefined;
}

/** Returns the codes of the currencies that a sign, a code or a word may mean; undefined: it is no currency. */
export function currenciesOf(mark: string): ReadonlySet<string> | undefined {
  const key = keyOf(mark);
  const all = known();
  const meant = all.words.get(key) ?? all.signs.get(key);
  return meant ?? (/^\p{Sc}$/u.test(key) ? NONE : undefined);
}

/** Returns true if the mark is a sign or a word of the currency; undefined: it is no currency. */
export function means(mark: string, currency: string): boolean | undefined {
  const found = currenciesOf(mark);
  if (found?.has(currency)) return true;
  // A short sign of letters, such as `K`, is more often something else.
  if (known().letters.get(keyOf(mark))?.has(currency)) return true;
  return found === undefined ? undefined : false;
}

const NONE: ReadonlySet<string> = new Set();

/** Words for currencies that are neither codes nor signs. `$` and `£` mean what the sign means. */
const WORDS: Record<string, string> = {
  'руб рубль рубля рублей р rub rur': 'RUB BYN',
  'грн гривна гривны гривен': 'UAH',
  'тг тенге': 'KZT',
  'сум сўм': 'UZS',
  сом: 'KGS',
  лари: 'GEL',
  драм: 'AMD',
  'евро euro euros': 'EUR',
  'долл доллар доллара долларов dollar dollars': '$',
  'pound pounds фунт фунта фунтов': '£',
  us$: 'USD',
  zł: 'PLN',
  kč: 'CZK',
  kr: 'DKK ISK NOK SEK',
  ft: 'HUF',
  fr: 'CHF',
  lei: 'RON MDL',
};

interface Marks {
  /** Codes and words. */
  words: Map<string, ReadonlySet<string>>;
  /** Signs in which there is one of a currency: `$`, `R$`. */
  signs: Map<string, ReadonlySet<string>>;
  /** Signs that are letters alone. */
  letters: Map<string, ReadonlySet<string>>;
}

let marks: Marks | undefined;

function known(): Marks {
  marks ??= collect();
  return marks;
}

function collect(): Marks {
  const codes = Intl.supportedValuesOf('currency');
  const signs = new Map<string, Set<string>>();
  const letters = new Map<string, Set<string>>();
  for (const currency of codes) {
    for (const currencyDisplay of ['narrowSymbol', 'symbol'] as const) {
      const parts = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay }).formatToParts(1);
      const sign = keyOf(parts.find(({ type }) => type === 'currency')?.value ?? '');
      const into = /\p{Sc}/u.test(sign) ? signs : letters;
      into.set(sign, (into.get(sign) ?? new Set()).add(currency));
    }
  }
  const words = new Map<string, ReadonlySet<string>>(codes.map((code) => [keyOf(code), new Set([code])]));
  for (const [several, meant] of Object.entries(WORDS)) {
    const found = signs.get(meant) ?? new Set(meant.split(' '));
    for (const word of several.split(' ')) words.set(word, found);
  }
  return { words, signs, letters };
}

function keyOf(mark: string): string {
  return mark.normalize('NFC').toLowerCase().replace(/\.+$/, '').trim();
}
