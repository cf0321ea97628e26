const known = new WeakMap<object, string[]>();

/** The event kinds that a compiled segment or campaign speaks of: whatever it has under a key `event`. */
export function kindsAsked(compiled: object): string[] {
  const before = known.get(compiled);
  if (before) return before;
  const found = new Set<string>();
  JSON.stringify(compiled, (key, value: unknown) => {
    if (key === 'event' && typeof value === 'string') found.add(value);
    return value;
  });
  const kinds = [...found];
  known.set(compiled, kinds);
  return kinds;
}
