import type { Nouns, Texts } from '../../spec/words/language.ts';
import { texts as data, stored as problems } from './data.ts';
import { texts as errors } from './errors.ts';
import { texts as graph } from './graph.ts';
import { stored as guarded, texts as guards } from './guards.ts';
import { texts as imports } from './import.ts';
import { texts as log } from './log.ts';
import { stored as notices, texts as plan } from './plan.ts';
import { texts as reports } from './reports.ts';
import { texts as sync, stored as syncs } from './sync.ts';
import { stored as tests } from './tests.ts';

/** Russian texts of the engine. */
export const texts: Texts[] = [data, errors, guards, graph, imports, log, plan, reports, sync];

/** Texts that are stored in English with their values, as problems of the data are. */
export const stored: Texts[] = [problems, notices, guarded, syncs, tests];

export const nouns: Nouns = {};
