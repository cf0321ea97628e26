import { either } from './many.ts';
import { laterAll, translated } from './t.ts';

/** The kind of a value, in the words of JSON Schema. */
export type JsonKind = 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'null';

export function kindOf(value: unknown): JsonKind {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  if (typeof value === 'string' || typeof value === 'boolean') return typeof value as 'string' | 'boolean';
  return 'object';
}

/** Returns true if JSON Schema's `type` admits a value of this kind. */
export function admits(type: string | string[] | undefined, kind: JsonKind): boolean {
  const fits = (one: string) => one === kind || (one === 'number' && kind === 'integer');
  if (type === undefined || typeof type === 'string') return type === undefined || fits(type);
  return type.length === 0 || type.some(fits);
}

const words: Record<JsonKind, string> = laterAll({
  object: 'a map',
  array: 'a list',
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  null: 'nothing',
});

/** Returns the kind in plain words. */
export function kindWords(type: string | string[] | undefined): string {
  return either([type ?? 'object'].flat().map((one) => translated(words[one as JsonKind])));
}

/** Returns a short quotation of a value for a message. */
export function quote(value: unknown): string {
  const text = typeof value === 'string' ? value : String(value);
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return `\`${line.length > 60 ? `${line.slice(0, 57)}…` : line}\``;
}

/** Returns names in backticks, joined by `or`. */
export function choice(names: Iterable<string>): string {
  return either([...names].map((name) => `\`${name}\``));
}
