import type { Texts } from '../../words/language.ts';
import { texts as data } from './data.ts';
import { texts as journeys } from './journeys.ts';
import { texts as titles } from './titles.ts';

/** Titles and descriptions of the schema of files. */
export const texts: Texts[] = [titles, data, journeys];
