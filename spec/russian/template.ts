import type { Texts } from '../text/language.ts';

/** Findings in templates. */
export const texts: Texts = {};
