/** Says where a value is not what it must be: a path such as `program.campaigns.3.steps`; undefined where it is. */
export type Shape = (value: unknown, path: string) => string | undefined;

const is =
  (good: (value: unknown) => boolean): Shape =>
  (value, path) =>
    good(value) ? undefined : path;

export const text = is((value) => typeof value === 'string');
export const boolean = is((value) => typeof value === 'boolean');
export const number = is((value) => Number.isFinite(value));
export const whole = is((value) => Number.isSafeInteger(value));
export const scalar = is((value) => ['string', 'number', 'boolean'].includes(typeof value));
export const oneOf = (...values: unknown[]): Shape => is((value) => values.includes(value));
export const maybe =
  (shape: Shape): Shape =>
  (value, path) =>
    value === null ? undefined : shape(value, path);
/** A shape that is found later, for shapes that name each other in a circle. */
export const later =
  (shape: () => Shape): Shape =>
  (value, path) =>
    shape()(value, path);

export const list =
  (of: Shape): Shape =>
  (value, path) =>
    Array.isArray(value) ? first(value.map((item, i) => () => of(item, `${path}.${i}`))) : path;

/** Any keys, one shape. */
export const table =
  (of: Shape): Shape =>
  (value, path) =>
    isRecord(value)
      ? first(
          Object.entries(value).map(
            ([key, item]) =>
              () =>
                of(item, `${path}.${key}`),
          ),
        )
      : path;

/** These keys and no others; those of `optional` may be absent. */
export const record =
  (required: Record<string, Shape>, optional: Record<string, Shape> = {}): Shape =>
  (value, path) => {
    if (!isRecord(value)) return path;
    const keys = Object.keys(value);
    const stranger = keys.find((key) => !Object.hasOwn(required, key) && !Object.hasOwn(optional, key));
    if (stranger !== undefined) return `${path}.${stranger}`;
    return first([
      ...Object.entries(required).map(
        ([key, of]) =>
          () =>
            of(value[key], `${path}.${key}`),
      ),
      ...keys
        .filter((key) => Object.hasOwn(optional, key))
        .map((key) => () => optional[key]?.(value[key], `${path}.${key}`)),
    ]);
  };

/** Records that a key tells apart; the shapes leave that key out. */
export const tagged =
  (tag: string, shapes: Record<string, [Record<string, Shape>, Record<string, Shape>?]>): Shape =>
  (value, path) => {
    const kind = isRecord(value) ? value[tag] : undefined;
    if (typeof kind !== 'string' || !Object.hasOwn(shapes, kind)) return isRecord(value) ? `${path}.${tag}` : path;
    const [required = {}, optional = {}] = shapes[kind] ?? [];
    return record({ ...required, [tag]: text }, optional)(value, path);
  };

/** One shape after the other; the first misfit counts. */
export const both =
  (...shapes: Shape[]): Shape =>
  (value, path) =>
    first(shapes.map((shape) => () => shape(value, path)));

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function first(checks: (() => string | undefined)[]): string | undefined {
  for (const check of checks) {
    const found = check();
    if (found !== undefined) return found;
  }
  return undefined;
}
