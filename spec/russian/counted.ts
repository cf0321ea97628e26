import { parseDuration } from '../words/durations.ts';
import type { Value } from '../words/language.ts';
import { count, duration, formOf } from '../words/many.ts';

/** `2 клиента`: a number with the form of a noun that fits it: after 1, after 2, after 5. */
export function counted(n: Value, one: string, few: string, many: string): string {
  return `${typeof n === 'number' ? count(n) : n} ${fitting(n, one, few, many)}`;
}

/** The form of a word that fits a number, without the number: `осталось`, `остался`. */
export function fitting(n: Value, one: string, few: string, many: string): string {
  return formOf(Number(n), one, few, many);
}

/** A length of time that a stored text has in English. */
export function lengthOf(text: Value): string {
  const ms = parseDuration(String(text));
  return ms === undefined ? String(text) : duration(ms);
}
