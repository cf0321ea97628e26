import type { Texts } from '../../spec/text/language.ts';

/** The help. */
export const texts: Texts = {};
