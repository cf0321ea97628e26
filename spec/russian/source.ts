import type { Texts } from '../text/language.ts';

/** Findings of the YAML and the DSL as written. */
export const texts: Texts = {};
