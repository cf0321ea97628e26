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
  { title: 'How files are written', explanations: structure },
  { title: 'Values', explanations: values },
  { title: 'Conditions', explanations: expressions },
  { title: 'Templates', explanations: templates },
  { title: 'How things fit together', explanations: linking },
  { title: 'Tests of campaigns', explanations: tests },
  { title: 'Lint', explanations: lint },
];

/** The meaning and the reason of every code, with an example. */
export const explanations: Readonly<Record<string, Explanation>> = Object.assign(
  {},
  ...groups.map((group) => group.explanations),
);
