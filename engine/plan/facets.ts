import type { FieldChange } from './change.ts';

/** One aspect of a resource: its text for people, and what decides whether it has changed. */
export interface Facet {
  path: string;
  text: string;
  key: string;
}

/** Undefined text: the resource does not have this aspect. */
export function facet(path: string, text: string | undefined, key: string | undefined = text): Facet[] {
  return text === undefined ? [] : [{ path, text, key: key ?? text }];
}

/**
 * The fields in which two versions differ, in the later one's order. An aspect whose key differs but whose text does not
 * changes through something that it names; it is not listed.
 */
export function compareFacets(before: Facet[], after: Facet[]): FieldChange[] {
  const earlier = new Map(before.map((one) => [one.path, one]));
  const later = new Set(after.map((one) => one.path));
  const changed = after.flatMap((one): FieldChange[] => {
    const old = earlier.get(one.path);
    if (!old) return [{ path: one.path, after: whole(one.text) }];
    if (old.key === one.key || old.text === one.text) return [];
    return [{ path: one.path, ...difference(old.text, one.text) }];
  });
  const gone = before.filter((one) => !later.has(one.path));
  return [...changed, ...gone.map((one) => ({ path: one.path, before: whole(one.text) }))];
}

/** Returns a text of one line, or the number of lines of a longer one: nobody reads all of it in a plan. */
function whole(text: string): string {
  const lines = text.trimEnd().split('\n').length;
  return lines > 1 ? `${lines} lines` : text;
}

/** Returns both texts, or the first line of each in which longer ones differ. */
function difference(before: string, after: string): { before: string; after: string } {
  const old = before.split('\n');
  const now = after.split('\n');
  if (old.length === 1 && now.length === 1) return { before, after };
  const at = now.findIndex((line, i) => line !== old[i]);
  const line = at < 0 ? now.length : at;
  const show = (lines: string[]) => `line ${line + 1}: ${lines[line]?.trim() ?? '(none)'}`;
  return { before: show(old), after: show(now) };
}
