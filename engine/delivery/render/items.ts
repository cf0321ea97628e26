type Data = Record<string, unknown>;

/**
 * Sees to it that the items of lists have all the names a template reads: rendering is strict, while lists come from
 * JSON, where what is missing is just not there. Gives the same object back where nothing is missing.
 */
export function completeItems(data: Data, names: readonly string[]): Data {
  let completed = data;
  for (const key in data) {
    const value = data[key];
    if (!Array.isArray(value)) continue;
    const list = completeList(value, names);
    if (list === value) continue;
    if (completed === data) completed = { ...data };
    completed[key] = list;
  }
  return completed;
}

function completeList(list: unknown[], names: readonly string[]): unknown[] {
  let completed: unknown[] | undefined;
  for (let index = 0; index < list.length; index++) {
    const item = list[index];
    const whole = completeItem(item, names);
    if (whole === item) continue;
    completed ??= [...list];
    completed[index] = whole;
  }
  return completed ? completed.filter((item) => item !== undefined) : list;
}

/** Undefined: nothing to show. */
function completeItem(item: unknown, names: readonly string[]): unknown {
  if (item === null || item === undefined) return undefined;
  if (typeof item !== 'object' || Array.isArray(item)) return item;
  const record = completeItems(item as Data, names);
  if (names.every((name) => Object.hasOwn(record, name))) return record;
  const missing = names.filter((name) => !Object.hasOwn(record, name)).map((name) => [name, null]);
  return { ...record, ...Object.fromEntries(missing) };
}
