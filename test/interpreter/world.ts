import type { Model } from '../../spec/model/model.ts';

/** Undefined: missing. Instants and durations in milliseconds, dates as `YYYY-MM-DD`, lists as their items. */
export type Value = string | number | boolean | undefined;
export type Item = Record<string, Value>;
export type Fields = Record<string, Value | Item[]>;

export interface Customer {
  customer: number;
  fields: Fields;
  /** Channels consented to, and suppressed (`*`: all). */
  consents: string[];
  suppressions: string[];
  /** Static segments. */
  lists: string[];
}

export interface Occurrence {
  seq: number;
  customer: number;
  at: number;
  fields: Fields;
}

/** The world in which an expression is asked. */
export interface Ground {
  model: Model;
  now: number;
  customers: Customer[];
  events: Record<string, Occurrence[]>;
  /** By scale, the world by which customers were compared last; absent: they are compared as of now. */
  scored?: ReadonlyMap<string, Ground>;
}

/** One customer in the world, and the rows in scope for the part of the expression that is evaluated. */
export interface Place {
  ground: Ground;
  customer: Customer;
  trigger?: Occurrence;
  aggregated?: Occurrence;
  item?: Item;
}

export function read(fields: Fields | undefined, name: string): Value {
  const found = fields?.[name];
  return typeof found === 'object' ? undefined : found;
}

export function itemsOf(fields: Fields | undefined, name: string): Item[] {
  const found = fields?.[name];
  return typeof found === 'object' ? found : [];
}
