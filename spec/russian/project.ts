import type { Texts } from '../text/language.ts';

/** Texts of all other parts of the language. */
export const texts: Texts = {};
