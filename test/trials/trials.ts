import { pauses, removed } from './changes.ts';
import type { Trial } from './trial.ts';

export const trials: Trial[] = [removed, pauses];
