import type { Texts } from '../../spec/text/language.ts';

/** Texts of the commands. */
export const texts: Texts = {};
