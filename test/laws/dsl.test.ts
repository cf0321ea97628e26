import { lawsOf } from './laws.ts';

lawsOf('the DSL');
