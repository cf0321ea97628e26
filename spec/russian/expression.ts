import type { Texts } from '../text/language.ts';

/** Findings in conditions and values. */
export const texts: Texts = {};
