import type { ValueWriting, Writing } from '../../../spec/model/data.ts';
import type { InputColumn } from './shape.ts';

/**
 * Returns how the values of a column are written. The words of the file as a whole are those of columns that are true or
 * false or have fixed words; in the others only a word that means nothing is one, because anything could be text there.
 */
export function writingOf(
  { dates, decimal, values = {}, fields = {} }: Writing,
  { name, type, choices }: Pick<InputColumn, 'name' | 'type' | 'choices'>,
): ValueWriting {
  const own = Object.hasOwn(fields, name) ? (fields[name] ?? {}) : {};
  const fixed = type === 'boolean' || choices !== undefined;
  const common = Object.entries(values).filter(([, meaning]) => fixed || meaning === '');
  const all = { dates: own.dates ?? dates, decimal: own.decimal ?? decimal };
  return {
    ...(all.dates && { dates: all.dates }),
    ...(all.decimal && { decimal: all.decimal }),
    values: { ...Object.fromEntries(common), ...own.values },
    ...(own.between && { between: own.between }),
  };
}
