import type { Texts } from '../../spec/text/language.ts';

/** Views of a customer and of their messages. */
export const texts: Texts = {};
