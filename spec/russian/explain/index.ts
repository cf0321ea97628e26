import type { Texts } from '../../words/language.ts';
import { texts as expressions } from './expressions.ts';
import { texts as linking } from './linking.ts';
import { texts as lint } from './lint.ts';
import { texts as structure } from './structure.ts';
import { texts as templates } from './templates.ts';
import { texts as titles } from './titles.ts';

/** Explanations of codes. */
export const texts: Texts[] = [titles, structure, expressions, templates, linking, lint];
