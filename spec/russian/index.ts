import type { Nouns, Texts } from '../words/language.ts';
import { texts as check } from './check.ts';
import { texts as editor, nouns as editorNouns } from './editor.ts';
import { texts as expression } from './expression/index.ts';
import { texts as journeys } from './journeys.ts';
import { texts as lint } from './lint.ts';
import { texts as names } from './names.ts';
import { texts as outcomes } from './outcomes.ts';
import { texts as presets } from './presets.ts';
import { texts as project } from './project.ts';
import { texts as schema } from './schema/index.ts';
import { texts as source } from './source.ts';
import { texts as syntax } from './syntax.ts';
import { texts as template } from './template.ts';
import { texts as tests } from './tests.ts';

/** Russian texts of the language: findings, their explanations and proposals. */
export const texts: Texts[] = [
  check,
  editor,
  ...expression,
  journeys,
  lint,
  names,
  outcomes,
  presets,
  project,
  ...schema,
  source,
  syntax,
  template,
  tests,
];

export const nouns: Nouns = { ...editorNouns };
