import type { Texts } from '../../spec/text/language.ts';

/** Errors of the engine. */
export const texts: Texts = {};
