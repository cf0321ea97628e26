import type { Texts } from '../../spec/text/language.ts';

/** Views of plans, simulations, tests and ticks. */
export const texts: Texts = {};
