import type { Texts } from '../../spec/text/language.ts';

/** Texts of graphs, plans and reports. */
export const texts: Texts = {};
