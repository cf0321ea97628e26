import type { Part } from '../../document/forms.ts';
import { definitionOf } from '../../document/schema.ts';
import { described } from '../../document/wording.ts';
import { type Below, type Branches, describe, joined, under } from '../schema-paths.ts';
import type { Path } from '../tree.ts';

/** A place in the document: where it leads, and what the schema says of it. */
export interface Spot {
  path: Path;
  below: Below[];
}

/** A map of the document. */
export interface Holder {
  path: Path;
  branches: Branches;
  /** The part of the schema for a single value in place of the map. */
  alone?: Below[];
  /** For a step with keys in a map of their own. */
  inner?: { keys: readonly string[]; word: string };
}

export function follow(holder: Holder, path: Path): Spot {
  let below: Below[] = [];
  let { branches } = holder;
  for (const key of path) {
    below = under(branches, String(key));
    branches = joined(below);
  }
  return { path: [...holder.path, ...path], below };
}

export function partSpot(key: string, holder: Holder): Spot {
  const { inner, alone } = holder;
  const spot = follow(holder, inner?.keys.includes(key) ? [inner.word, key] : [key]);
  return spot.below.length === 0 && alone ? { path: holder.path, below: alone } : spot;
}

export function isLeading(part: Part): boolean {
  return part.part === 'entry' || (part.part === 'slot' && !part.optional && !isBlock(part));
}

/** Returns true if it begins with a brace, after its word if it has one. */
export function isBlock(part: Part): boolean {
  if (part.part === 'body') return true;
  if (part.part === 'entry') return false;
  return typeof part.value === 'object' && (part.value.kind === 'names' || part.value.kind === 'items');
}

export function wordsOf(parts: ReadonlySet<Part>): string[] {
  return [...parts].flatMap((part) => (part.part === 'clause' ? [part.word] : []));
}

export function describeAll(below: readonly Below[]): string | undefined {
  return below.map(({ schema }) => describe(schema)).find((text) => text !== undefined);
}

export function describeBranches(below: readonly Below[], branches: Branches = joined(below)): string | undefined {
  const [first, second] = branches;
  return first !== undefined && second === undefined ? described(definitionOf(first)) : undefined;
}
