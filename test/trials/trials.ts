import { pauses, removed } from './changes.ts';
import { guests, holder } from './hosts.ts';
import type { Trial } from './trial.ts';

export const trials: Trial[] = [guests, holder, removed, pauses];
