import type { Texts } from '../../spec/text/language.ts';

/** Problems of the data, which are stored. */
export const texts: Texts = {};
