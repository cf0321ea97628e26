import { identified, isRecord, replaceLists } from './identified.ts';
import { type Shape, shapeOfItem, shapeOfKey, shapeOfValue } from './shape.ts';

/** A value of a document, and the definition that it follows; undefined where the schema has none, as for templates. */
export interface Part {
  value: unknown;
  definition: string | undefined;
}

/** One difference of two values. A side is absent where there is no value. */
export interface Difference {
  /** The keys that lead to it, as in a file; a step is named by its id, an item of another list by its number, from 1. */
  path: string[];
  before?: Part;
  after?: Part;
  /** True if the sides are names in order: of what both versions have there. */
  order?: true;
}

type Path = readonly string[];

/**
 * Returns the differences of two values that follow one definition: maps by key, steps by their ids, lists of maps by their numbers where the
 * maps have the same keys on both sides, all else as a whole. Of names whose order counts, the order too. The `after` side sets the order of the result.
 */
export function compareParts(definition: string | undefined, before: unknown, after: unknown): Difference[] {
  return [...compare(definition, before, after, [])];
}

function* compare(definition: string | undefined, before: unknown, after: unknown, path: Path): Generator<Difference> {
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  const [old, now] = [shapeOfValue(definition, before), shapeOfValue(definition, after)];
  if (identified(old) || identified(now)) return yield* compareSteps(before, after, path);
  const items = sideBySide(before, after);
  if (items) {
    for (const [i, [was, is]] of items.entries()) yield* compare(shapeOfItem(now), was, is, [...path, String(i + 1)]);
    return;
  }
  const shape = after === undefined ? old : now;
  const isNew = before === undefined || after === undefined;
  const [b, a] = [mapOf(before), mapOf(after)];
  const apart =
    !b ||
    !a ||
    (isNew
      ? path.length > 0 && !(isOpen(shape) && hasKeys(before ?? after))
      : old?.name !== now?.name || isSingle(shape));
  if (apart) {
    yield { path: [...path], ...side('before', before, definition), ...side('after', after, definition) };
    return;
  }
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const usual = isNew ? undefined : defaultOf(shape, key);
    yield* compare(shapeOfKey(shape, key), b[key] ?? usual, a[key] ?? usual, [...path, key]);
  }
  if (shape && ordered.has(shape.name)) yield* compareOrder(Object.keys(b), Object.keys(a), path);
}

/** Returns the items of two lists of maps side by side, if each has the keys of its counterpart: of a cascade, the same channel. */
function sideBySide(before: unknown, after: unknown): [unknown, unknown][] | undefined {
  if (!Array.isArray(before) || !Array.isArray(after) || before.length !== after.length) return undefined;
  const alike = after.every((item, i) => isRecord(item) && isRecord(before[i]) && keysOf(item) === keysOf(before[i]));
  return alike ? after.map((item, i) => [before[i], item]) : undefined;
}

function keysOf(map: Record<string, unknown>): string {
  return Object.keys(map).sort().join('\n');
}

/** The maps of names in which the order counts: of columns, of gates, of the parts of a draw, of what is set. */
const ordered = new Set(['fields', 'caps', 'arms', 'assignments']);

/** A map, or nothing in its place; undefined: it is another value. */
function mapOf(value: unknown): Record<string, unknown> | undefined {
  return value === undefined ? {} : isRecord(value) ? value : undefined;
}

/** Returns true of a map of names, whose values are compared one by one also where the whole map is new. */
function isOpen(shape: Shape | undefined): boolean {
  return !shape || (typeof shape.definition.additionalProperties === 'object' && !shape.definition.properties);
}

function hasKeys(map: unknown): boolean {
  return Object.keys(map as object).length > 0;
}

/** Returns what a key means that is not written; undefined: nothing, or it depends on other keys. */
function defaultOf(shape: Shape | undefined, key: string): unknown {
  return shape?.definition.properties?.[key]?.default;
}

/** Returns true of a map that has a single key: another key is another value. */
function isSingle(shape: Shape | undefined): boolean {
  return shape?.definition.maxProperties === 1;
}

/** Compares the order of the names that both sides have. */
function* compareOrder(before: string[], after: string[], path: Path): Generator<Difference> {
  const [old, now] = [before.filter((name) => after.includes(name)), after.filter((name) => before.includes(name))];
  if (old.join() === now.join()) return;
  yield { path: [...path], ...side('before', old, undefined), ...side('after', now, undefined), order: true };
}

interface Flat {
  /** The steps by id, without the steps inside. */
  steps: Map<string, unknown>;
  /** The ids in each list of steps, by its path. */
  lists: Map<string, string[]>;
}

function* compareSteps(before: unknown, after: unknown, path: Path): Generator<Difference> {
  const [old, now] = [flatten(before, path), flatten(after, path)];
  for (const [id, step] of now.steps) yield* compare('step', old.steps.get(id), step, [...path, id]);
  for (const [id, step] of old.steps) if (!now.steps.has(id)) yield* compare('step', step, undefined, [...path, id]);
  const common = (ids: string[] = []) => ids.filter((id) => old.steps.has(id) && now.steps.has(id));
  for (const key of new Set([...now.lists.keys(), ...old.lists.keys()])) {
    const [was, is] = [common(old.lists.get(key)), common(now.lists.get(key))];
    if (was.join() === is.join()) continue;
    yield { path: key.split('\n'), ...side('before', was, undefined), ...side('after', is, undefined), order: true };
  }
}

/** Returns the steps of a campaign by id, each without the steps inside. */
export function stepsById(steps: unknown): ReadonlyMap<string, unknown> {
  return flatten(steps, []).steps;
}

function flatten(list: unknown, path: Path, flat: Flat = { steps: new Map(), lists: new Map() }): Flat {
  const items = Array.isArray(list) ? list : [];
  flat.lists.set(
    path.join('\n'),
    items.map(({ id }) => id),
  );
  for (const { id, ...step } of items) {
    const inner: [unknown, string[]][] = [];
    const head = replaceLists('step', step, (steps, keys) => {
      inner.push([steps, [...path, id, ...keys]]);
      return undefined;
    });
    flat.steps.set(id, head);
    for (const [steps, at] of inner) flatten(steps, at, flat);
  }
  return flat;
}

function side<K extends 'before' | 'after'>(key: K, value: unknown, definition: string | undefined) {
  return (value === undefined ? {} : { [key]: { value, definition } }) as { [P in K]?: Part };
}
