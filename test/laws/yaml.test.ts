import { lawsOf } from './laws.ts';

lawsOf('YAML');
