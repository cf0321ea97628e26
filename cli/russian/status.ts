import type { Texts } from '../../spec/text/language.ts';

/** Views of the status, of customers and of data. */
export const texts: Texts = {};
