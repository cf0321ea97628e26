import type { ValueWriting, Writing } from '../../../spec/model/data.ts';
import type { Understood } from './columns.ts';

/** A column as it is to be declared: under which names, and how its values are written. */
export interface Declared {
  column: string;
  names: string[];
  writing: ValueWriting;
  decimal?: ',' | '.';
}

/** Returns how a file is written: what most columns share for the file, and the rest by column. */
export function writingOfFile(
  { encoding, delimiter, sheet, each }: Writing,
  columns: Declared[],
  nothing: string[],
): Omit<Writing, 'where' | 'unless'> {
  const decimal = mostOf(columns.flatMap(({ writing }) => writing.decimal ?? []));
  const forms = columns.flatMap(({ writing }) => writing.dates ?? []).filter((form) => !form.startsWith('epoch'));
  const dates = [...new Set(forms.filter((form) => order(form) === order(forms[0] ?? '')))];
  const shared: Record<string, string> = Object.fromEntries(nothing.map((word) => [word, '']));
  for (const { writing } of columns) {
    for (const [word, meaning] of Object.entries(writing.values ?? {})) {
      if (meaning !== '' && isChoice(meaning)) shared[word] ??= meaning;
    }
  }
  const fields = columns.flatMap(({ names, writing, decimal: own }): [string, ValueWriting][] => {
    const values = Object.entries(writing.values ?? {}).filter(([word, meaning]) => shared[word] !== meaning);
    const others = (writing.dates ?? []).some((form) => !dates.includes(form));
    const part: ValueWriting = {
      ...(others && { dates: writing.dates ?? [] }),
      ...(decimal !== undefined && own !== undefined && own !== decimal && { decimal: own }),
      ...(values.length > 0 && { values: Object.fromEntries(values) }),
    };
    return Object.keys(part).length > 0 ? names.map((name) => [name, part]) : [];
  });
  return {
    ...(encoding && { encoding }),
    ...(delimiter && { delimiter }),
    ...(sheet && { sheet }),
    ...(each && { each }),
    ...(dates.length > 0 && { dates }),
    ...(decimal && { decimal }),
    ...(Object.keys(shared).length > 0 && { values: shared }),
    ...(fields.length > 0 && { fields: Object.fromEntries(fields) }),
  };
}

/** The meanings of words in columns of fixed words, which a whole file may share. */
function isChoice(meaning: string): boolean {
  return ['yes', 'no', 'granted', 'withdrawn', 'email', 'sms', 'push', 'messenger'].includes(meaning);
}

/** Day before month or the reverse: two forms that may read one text as two days are not both for the file. */
function order(form: string): boolean {
  return /M.*D/.test(form) && !form.startsWith('YYYY');
}

function mostOf<T>(all: T[]): T | undefined {
  const counts = new Map<T, number>();
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

/** Returns an id as it counts where ids are e-mail addresses. */
export function spelt(id: string): string {
  return id.includes('@') ? id.toLowerCase() : id;
}

/** Returns the key of a source whose customers a column of e-mail addresses names; `known`: ids that must stay the same by it. */
export function idsBy(column: Understood, known: ReadonlySet<string> = new Set()): Pick<Writing, 'ids'> {
  return column.type === 'email' && [...known].every((id) => spelt(id) === id) ? { ids: 'email' } : {};
}

/** Returns the share of a column's values that are known. */
export function shareOf(column: Understood, known: ReadonlySet<string>): number {
  const found = column.texts.filter((text) => known.has(text) || known.has(spelt(text))).length;
  return column.texts.length === 0 ? 0 : found / column.texts.length;
}
