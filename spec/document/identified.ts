import { definitionOf, referenceOf } from './schema.ts';
import { type Shape, shapeOfItem, shapeOfKey, shapeOfValue } from './shape.ts';

/** Returns true of a list whose items have ids: steps. */
export function identified(shape: Shape | undefined): boolean {
  const item = shapeOfItem(shape);
  const branches = item === undefined ? undefined : definitionOf(item).oneOf;
  return branches?.every((branch) => definitionOf(referenceOf(branch) ?? '').properties?.id) ?? false;
}

/** Returns a value with other lists of steps in it, at any depth but not inside each other; undefined: without the list. */
export function replaceLists(
  definition: string | undefined,
  value: unknown,
  replace: (list: Record<string, unknown>[], path: string[]) => unknown,
  path: string[] = [],
): unknown {
  const shape = shapeOfValue(definition, value);
  if (Array.isArray(value)) return identified(shape) ? replace(value, path) : value;
  if (!isRecord(value) || !shape) return value;
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => [
    key,
    replaceLists(shapeOfKey(shape, key), inner, replace, [...path, key]),
  ]);
  return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined));
}

/** Returns a value in which every step has its id as the first key. `next` gives the ids, in the order in which steps are written. */
export function withIds(definition: string, value: unknown, next: () => string): unknown {
  return replaceLists(definition, value, (steps) =>
    steps.map((step) => {
      const id = next();
      return { id, ...(withIds('step', withoutId(step), next) as object) };
    }),
  );
}

/** A split's id may be written inside it. */
function withoutId({ id: _, ...step }: Record<string, unknown>): Record<string, unknown> {
  const shape = shapeOfValue('step', step);
  return Object.fromEntries(
    Object.entries(step).map(([key, value]) => {
      const inner = shapeOfValue(shapeOfKey(shape, key), value);
      if (!isRecord(value) || !inner?.definition.properties?.id) return [key, value];
      const { id: _id, ...rest } = value;
      return [key, rest];
    }),
  );
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
