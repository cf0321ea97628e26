import type { Value } from '../../store/database.ts';

/**
 * Returns a function from typed values to a text that is equal for rows that mean the same: names and values, in the
 * order of the names, without what is empty. Spelling, the order of columns and other columns of the file are not in it.
 */
export function meaning(names: string[]): (values: Value[]) => string {
  const order = names
    .map((name, i) => ({ key: `${JSON.stringify(name)}:`, name, i }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return (values) => {
    let text = '';
    for (const { key, i } of order) {
      const value = values[i];
      if (value !== null && value !== undefined) text += `${key}${JSON.stringify(value)},`;
    }
    return text;
  };
}
