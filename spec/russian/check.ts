import type { Texts } from '../text/language.ts';

/** Findings of checks of the whole project. */
export const texts: Texts = {};
