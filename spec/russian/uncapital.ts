import type { Value } from '../words/language.ts';

/** Returns a name that begins the English sentence as it is written within a sentence. */
export function uncapital(text: Value): string {
  return String(text).charAt(0).toLowerCase() + String(text).slice(1);
}
