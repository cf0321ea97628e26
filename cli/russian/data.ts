import type { Texts } from '../../spec/text/language.ts';

/** Views of data: their problems, checks and imports. */
export const texts: Texts = {};
