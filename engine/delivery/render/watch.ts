/**
 * The same data, of which every value that is read and missing is told by its path: `customer.name`,
 * `event.items[].price`. Only plain data: a frozen object cannot be watched.
 */
export function watchMissing<T extends object>(root: T, missing: (path: string) => void): T {
  return watched(root, '', missing);
}

function watched<T extends object>(data: T, path: string, missing: (path: string) => void): T {
  return new Proxy(data, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof key !== 'string' || (key in target && !Object.hasOwn(target, key))) return value;
      const at = Array.isArray(target) ? `${path}[]` : path === '' ? key : `${path}.${key}`;
      if (value === null || value === undefined) missing(at);
      return typeof value === 'object' && value !== null ? watched(value, at, missing) : value;
    },
  });
}
