import type { HelperDelegate, HelperOptions } from 'handlebars';
import { type DateStyle, dateStyles, type HelperName } from '../../../spec/template/helpers.ts';
import type { Format } from './format.ts';

/** Creates the helpers that `spec/template/helpers.ts` declares. A missing value prints as nothing. */
export function createHelpers(format: Format): Record<HelperName, HelperDelegate> {
  return {
    default: (value: unknown, fallback: unknown) =>
      value === null || value === undefined || value === '' ? fallback : value,
    money: (value: unknown) => whenNumber(value, format.money),
    number: (value: unknown) => whenNumber(value, format.number),
    plural: (value: unknown, options: HelperOptions) =>
      whenNumber(value, (count) => options.hash[format.pluralForm(count)] ?? options.hash.other),
    date: (value: unknown, style: unknown, options?: HelperOptions) => {
      if (typeof value !== 'number' && typeof value !== 'string') return '';
      const data = options?.data ?? (style as HelperOptions).data;
      return format.date(value, dateStyles.find((known) => known === style) ?? defaultStyle, data.timezone);
    },
    // A lone surrogate, half of a cut-off emoji, would make encodeURIComponent throw.
    url: (value: unknown) =>
      value === null || value === undefined ? '' : encodeURIComponent(String(value).toWellFormed()),
    link: (value: unknown) => (typeof value === 'string' && /^https?:\/\/[^\s\p{Cc}]+$/iu.test(value) ? value : ''),
  };
}

const defaultStyle: DateStyle = 'long';

/** Amounts inside of lists may have been written as texts. */
function whenNumber(value: unknown, show: (value: number) => string): string {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && !Number.isNaN(number) ? show(number) : '';
}
