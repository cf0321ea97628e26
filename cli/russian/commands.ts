import type { Texts } from '../../spec/text/language.ts';

/** What the commands say. */
export const texts: Texts = {};
