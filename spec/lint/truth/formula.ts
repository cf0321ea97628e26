import type { Values } from './values.ts';

/** The demand on one thing for a condition to hold: it is missing, where it may be, or its value is in a set. */
export interface Atom {
  /** Equal for the same thing. */
  about: string;
  /** The origin of the values: two values that are not measured from the same thing cannot be compared. */
  axis: string;
  missing: boolean;
  values: Values;
  /** All values that are possible. */
  domain: Domain;
}

export interface Domain {
  missing: boolean;
  values?: Values;
}

export type Formula =
  | { kind: 'and' | 'or'; parts: Formula[] }
  | { kind: 'atom'; atom: Atom }
  | { kind: 'constant'; holds: boolean };

export const constant = (holds: boolean): Formula => ({ kind: 'constant', holds });
export const atom = (of: Atom): Formula => ({ kind: 'atom', atom: of });
