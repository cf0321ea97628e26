import { later } from '../words/t.ts';
import type { Explanation } from './explanation.ts';
import { expressions } from './expressions.ts';
import { linking } from './linking.ts';
import { lint } from './lint.ts';
import { structure } from './structure.ts';
import { templates } from './templates.ts';
import { tests } from './tests.ts';
import { values } from './values.ts';

/** Codes by what they are about, for lists. */
export const groups: { title: string; explanations: Readonly<Record<string, Explanation>> }[] = [
  { title: later`How files are written`, explanations: structure },
  { title: later`Values`, explanations: values },
  { title: later`Conditions`, explanations: expressions },
  { title: later`Templates`, explanations: templates },
  { title: later`How things fit together`, explanations: linking },
  { title: later`Tests of campaigns`, explanations: tests },
  { title: later`Lint`, explanations: lint },
];

/** The meaning and the reason of every code, with an example. */
export const explanations: Readonly<Record<string, Explanation>> = Object.assign(
  {},
  ...groups.map((group) => group.explanations),
);
