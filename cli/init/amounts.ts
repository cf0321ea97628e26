/** The units of a currency in about one euro: rounded, because it is for amounts that are examples. */
const units: Record<string, number> = {
  ...{ EUR: 1, GBP: 1, USD: 1, CHF: 1, CAD: 1, AUD: 2, NZD: 2, BYN: 3, GEL: 3, PLN: 4, ILS: 4, AED: 4, RON: 5, BRL: 6 },
  ...{ DKK: 7, CNY: 8, SEK: 10, NOK: 10, MXN: 20, CZK: 25, TRY: 50, UAH: 50, RUB: 100, INR: 100, KGS: 100, JPY: 150 },
  ...{ HUF: 400, AMD: 400, KZT: 500, KRW: 1500, UZS: 15_000 },
};

/** Returns by what the amounts of examples are multiplied to be as usual in another currency; undefined: it is not known. */
export function factorBetween(from: string, to: string): number | undefined {
  const [was, is] = [units[from], units[to]];
  return from === to ? 1 : was && is && is / was;
}

/**
 * Multiplies the amounts of a file of resources: prices, totals of events, and what totals are compared with. One that a test looks for in a message
 * stays, since a message has it in another form.
 */
export function withAmounts(text: string, factor: number): string {
  const sought = new Set(text.match(/(?<=")\d+(?=")/g));
  return text.replaceAll(
    /\b((?:price|total): |event\.total >= )(\d+(?:\.\d+)?)/g,
    (_, before: string, amount: string) => (sought.has(amount) ? before + amount : before + times(amount, factor)),
  );
}

/** Multiplies the totals of a data file, which are its last column. */
export function withTotals(text: string, factor: number): string {
  return /^.*,total\n/.test(text)
    ? text.replaceAll(/,(\d+(?:\.\d+)?)$/gm, (_, total) => `,${times(total, factor)}`)
    : text;
}

/** Multiplies an amount, rounded to six digits: further ones come from the factor. */
function times(amount: string, factor: number): string {
  return factor === 1 ? amount : String(Number((Number(amount) * factor).toPrecision(6)));
}
