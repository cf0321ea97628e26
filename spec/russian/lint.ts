import type { Texts } from '../text/language.ts';

/** Lint. */
export const texts: Texts = {};
