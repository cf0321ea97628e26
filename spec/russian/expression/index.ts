import type { Texts } from '../../words/language.ts';
import { texts as meanings } from './meanings.ts';
import { texts as names } from './names.ts';
import { texts as pattern } from './pattern.ts';
import { texts as syntax } from './syntax.ts';

/** Findings in conditions and values. */
export const texts: Texts[] = [syntax, names, pattern, meanings];
