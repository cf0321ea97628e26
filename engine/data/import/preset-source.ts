import type { PresetName } from '../../../spec/document/document.generated.ts';
import type { Field } from '../../../spec/model/data.ts';
import type { Layout } from '../../../spec/presets/preset.ts';
import { presets, recognise } from '../../../spec/presets/presets.ts';
import { t, translated } from '../../../spec/words/t.ts';
import type { Understood } from './columns.ts';
import type { FileGuess, Shown } from './guess.ts';
import type { Kind } from './kind.ts';
import type { Look } from './look.ts';
import { exampleOf } from './naming.ts';

export interface Recognised {
  preset: PresetName;
  kind: Kind;
  /** The columns that are customers' ids, or refer to them. */
  ids: string[];
}

/** Returns the preset that describes a file; undefined: it is no export that is known. */
export function recognised({ columns, json, path }: Look): Recognised | undefined {
  const keys = columns.flatMap(({ name }) => (json ? [name, name.split('.')[0] ?? name] : [name]));
  const layouts: Layout[] = /\.parquet$/i.test(path) ? ['json', 'table'] : [json ? 'json' : 'table'];
  const [found] = layouts.flatMap((layout) => recognise(keys, layout)) as PresetName[];
  if (!found) return undefined;
  const { holds, source } = presets[found];
  const role = holds === 'customers' ? 'id' : 'customer';
  const ids = Object.entries(source.rename ?? {}).filter(([, names]) => [names].flat().includes(role));
  return { preset: found, kind: holds === 'customers' ? 'customers' : 'events', ids: ids.map(([column]) => column) };
}

const personal = ['name', 'full_name', 'first_name', 'last_name', 'middle_name', 'birthday', 'address', 'postcode'];

export interface PresetUse {
  /** The name of the event, for orders. */
  event?: string;
  /** The attributes or fields that the project has. */
  known: Field[];
  /** The project's. */
  currency: string;
}

const roles: Record<string, string> = { id: 'id', customer: 'id', at: 'instant' };

/** Returns the source of such a file. */
export function presetSource(
  look: Look,
  columns: Understood[],
  { preset, kind }: Recognised,
  { event, known, currency }: PresetUse,
): Omit<FileGuess, 'why'> {
  const { gives, source, title, consent = [], currency: counted } = presets[preset];
  const fields = Object.entries(gives).map(([name, type]): Field => {
    const pii = ['email', 'phone'].includes(type) || personal.includes(name);
    return known.find((field) => field.name === name) ?? { name, type, pii };
  });
  const shown = columns.map((column): Shown => {
    const names = [source.rename?.[column.column] ?? []].flat();
    const stated = consent.filter((one) => 'column' in one && one.column === column.column);
    const field = fields.find(({ name }) => names.includes(name));
    // An id that is a part of a cell may be next to a name.
    const named = names.includes('customer') && column.texts.some((text) => /\s/.test(text));
    const pii = field?.pii ?? (stated.length === 0 && (named || ['email', 'phone'].includes(column.type)));
    const all = [...names, ...stated.map(({ channel }) => `consent: ${channel}`)];
    return {
      column: column.column,
      names: all,
      type: field?.type ?? (stated.length > 0 ? 'consent' : (roles[names[0] ?? ''] ?? '')),
      example: exampleOf(column, pii),
    };
  });
  const { encoding, sheet } = look.writing;
  const { codes = {} } = counted ?? {};
  const others = columns.find(({ column }) => column === counted?.column)?.words.keys() ?? [];
  const foreign = [...others].filter((code) => (codes[code] ?? code) !== currency);
  return {
    path: look.path,
    kind,
    ...(event !== undefined && { event }),
    source: { path: look.path, rename: {}, ...(encoding && { encoding }), ...(sheet && { sheet }), preset },
    fields,
    columns: shown.filter(({ names }) => names.length > 0),
    consent: {},
    remarks: [
      t`the columns are those of "${translated(title)}": the preset ${preset} describes them`,
      ...(foreign.length > 0
        ? [t`only orders in ${currency} count, the project's currency: not those in ${foreign.join(', ')}`]
        : []),
    ],
  };
}
