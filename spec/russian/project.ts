import type { Texts } from '../words/language.ts';

/** Texts of all other parts of the language. */
export const texts: Texts = {};
