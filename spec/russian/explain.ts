import type { Texts } from '../text/language.ts';

/** Explanations of codes. */
export const texts: Texts = {};
