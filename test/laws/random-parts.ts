import fc, { type Arbitrary } from 'fast-check';
import { text } from './random-expression.ts';

export const title = text.map((value) => value || 'x');
export const maybe = <T>(value: Arbitrary<T>) => fc.option(value, { nil: undefined });
export const keyed = <K extends string, T>(key: K, value: T | undefined) =>
  (value === undefined ? {} : { [key]: value }) as { [P in K]?: T };
export const sorted = <T extends { name: string }>(list: T[]) => list.sort((a, b) => (a.name < b.name ? -1 : 1));
export const byName = <T extends { name: string }>(one: Arbitrary<T>, maxLength: number) =>
  fc.uniqueArray(one, { maxLength, selector: ({ name }) => name.toLowerCase() }).map(sorted);
