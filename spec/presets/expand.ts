import type { Source } from '../document/document.generated.ts';
import type { Loose } from '../document/loose.ts';
import type { StatedConsent } from '../model/data.ts';
import type { Preset } from './preset.ts';

/** The use that the project makes of a file. */
export interface Use {
  /** The attributes, or the fields of the event, that the project declares. */
  names: string[];
  /** The project's currency: orders in another one are left out. */
  currency?: string;
  /** The channels whose consent the project reads from columns that it names itself. */
  consents?: string[];
}

export interface Expanded {
  source: Loose<Source>;
  known: string[];
  consent?: StatedConsent[];
}

/** The names of columns that every kind of data has, and that no project declares. */
const own = ['id', 'customer', 'at'];

/** Returns the source that a preset and the source's own keys make: the own ones count before, in maps entry by entry. */
export function expand(source: Loose<Source>, preset: Preset, use: Use): Expanded {
  const given = preset.source;
  const { column, codes = {} } = preset.currency ?? {};
  const same = Object.keys(codes).filter((code) => codes[code] === use.currency);
  const inCurrency =
    column !== undefined && use.currency !== undefined ? { [column]: [use.currency, ...same, ''] } : {};
  const consent = consents(preset, source, use);
  const maps = {
    rename: { ...renaming(preset, source, use), ...source.rename },
    values: { ...given.values, ...source.values },
    fields: { ...given.fields, ...source.fields },
    where: { ...given.where, ...inCurrency, ...source.where },
    unless: { ...given.unless, ...source.unless },
  };
  return {
    source: { ...given, ...source, ...maps },
    known: [...new Set([...preset.columns, ...Object.keys(given.rename ?? {})])].filter((one) => !source.rename?.[one]),
    ...(consent.length > 0 && { consent }),
  };
}

/** Returns the names of the preset that the project declares and the source does not give to a column itself. */
function renaming(preset: Preset, { rename = {} }: Loose<Source>, use: Use): Record<string, string[]> {
  const taken = new Set(Object.values(rename).flat());
  const wanted = (name: string) => (own.includes(name) || use.names.includes(name)) && !taken.has(name);
  const entries = Object.entries(preset.source.rename ?? {}).map(
    ([column, names]) => [column, [names].flat().filter(wanted)] as const,
  );
  return Object.fromEntries(entries.filter(([, names]) => names.length > 0));
}

/** Returns the consent that the preset finds in the file, under the names that the source gives to its columns. */
function consents(preset: Preset, { rename = {} }: Loose<Source>, use: Use): StatedConsent[] {
  const called = (column: string) => [rename[column] ?? column].flat()[0] ?? column;
  return (preset.consent ?? [])
    .filter(({ channel }) => !use.consents?.includes(channel))
    .map((stated) => ({
      ...stated,
      ...('column' in stated && { column: called(stated.column) }),
      ...('refusal' in stated && { refusal: called(stated.refusal) }),
      ...(stated.at !== undefined && { at: called(stated.at) }),
    }));
}
