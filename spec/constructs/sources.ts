import type { Report } from '../diagnostics/report.ts';
import type * as written from '../document/document.generated.ts';
import type { Loose } from '../document/loose.ts';
import type { Place } from '../document/place.ts';
import type { Source, ValueWriting, Writing } from '../model/data.ts';
import { expand, type Use } from '../presets/expand.ts';
import type { Preset } from '../presets/preset.ts';
import { presets } from '../presets/presets.ts';
import { t } from '../words/t.ts';
import type { Entry } from './contents.ts';
import { checkNotation } from './notation.ts';

/** Files as written, and where: one, or several. */
type Files<T = written.Sources> = Pick<Entry<T>, 'value' | 'place'> | undefined;

/** The purpose of a source; its preset must fit it. */
type Holding = Use & { holds: 'customers' | 'orders' | 'list' | 'stream' };

/** The sources of consent, feedback or suppressions. */
export function stream(files: Files<written.Stream>, report: Report): Source[] {
  if (files === undefined) return [];
  const { value, place } = files;
  const long = typeof value === 'object' && 'from' in value;
  const inner = long
    ? { value: value.from, place: place.at('from') }
    : { value: value as Loose<written.Sources>, place };
  return sourcesOf(inner, report, { holds: 'stream', names: [] });
}

export function sourcesOf(files: Files, report: Report, use: Holding): Source[] {
  if (files?.value === undefined) return [];
  const { value, place } = files;
  if (!Array.isArray(value)) return sourceOf(value, place, report, use);
  return value.flatMap((item, i) => sourceOf(item, place.at(i), report, use));
}

function sourceOf(item: Loose<written.SourceItem> | undefined, place: Place, report: Report, use: Holding): Source[] {
  if (item === undefined) return [];
  if (typeof item === 'string') return [{ path: item, rename: {} }];
  const { path, preset } = item;
  if (path === undefined) return [];
  checkNotation(item, path, place, report);
  if (preset === undefined) return [{ path, rename: renaming(item.rename), ...writing(item) }];
  const misfit = misfits(preset, path, use);
  if (misfit) report.error('CRM4037', place.at('preset').value, misfit.message, misfit.help);
  const { source, known, consent } = expand(item, presets[preset], use);
  const filled = { path, rename: renaming(source.rename), ...writing(source), known, ...(consent && { consent }) };
  return [{ ...filled, declared: item }];
}

/** Returns why a preset cannot describe a file; undefined where it can. */
function misfits(
  name: written.PresetName,
  path: string,
  { holds }: Holding,
): { message: string; help: string } | undefined {
  const preset = presets[name];
  const wanted = holds === 'list' ? 'customers' : holds;
  if (preset.holds !== wanted) {
    const others = Object.entries(presets).flatMap(([other, { holds }]) => (holds === wanted ? [`\`${other}\``] : []));
    return {
      message: holds === 'stream' ? ofNeither(name, preset.holds) : ofOther(name, preset.holds),
      help:
        others.length > 0
          ? t`Here can stand: ${others.join(', ')}.`
          : t`Presets are for sources of customers and of events.`,
    };
  }
  // Of a folder nobody knows what is in it.
  if (!/\.[a-z]+$/i.test(path)) return undefined;
  const layout = /\.(json|jsonl|ndjson)(\.gz)?$/i.test(path) ? 'json' : 'table';
  // A row of Parquet has columns, and these may hold objects and lists.
  if (preset.layout === layout || /\.parquet$/i.test(path)) return undefined;
  return {
    message:
      layout === 'json'
        ? t`The preset \`${name}\` is of an export in a table, as CSV, and the file is JSON`
        : t`The preset \`${name}\` is of an export in JSON, and the file is a table, as CSV`,
    help: t`Export the file anew in that format, or describe it by \`rename\` instead of the preset.`,
  };
}

function ofNeither(name: string, holds: Preset['holds']): string {
  return holds === 'customers'
    ? t`The preset \`${name}\` holds customers, and cannot be used here`
    : t`The preset \`${name}\` holds orders, and cannot be used here`;
}

function ofOther(name: string, holds: Preset['holds']): string {
  return holds === 'customers'
    ? t`The preset \`${name}\` holds customers, and this is a source of an event`
    : t`The preset \`${name}\` holds orders, and this is a source of customers`;
}

function writing(source: Loose<written.Source>): Writing {
  const { encoding, delimiter, sheet, each, ids, timezone } = source;
  const fields = Object.entries(source.fields ?? {}).map(([name, field]) => [name, valueWriting(field ?? {})] as const);
  return {
    ...(encoding !== undefined && { encoding }),
    ...(delimiter !== undefined && { delimiter: delimiter === 'tab' ? '\t' : delimiter }),
    ...(sheet !== undefined && { sheet }),
    ...(each !== undefined && { each }),
    ...(ids !== undefined && { ids }),
    ...(timezone !== undefined && { timezone }),
    ...valueWriting(source),
    ...(fields.length > 0 && { fields: Object.fromEntries(fields) }),
    ...(source.where && { where: wanted(source.where) }),
    ...(source.unless && { unless: wanted(source.unless) }),
  };
}

function wanted(conditions: Loose<written.ConditionsOfRows>): Record<string, string[]> {
  const entries = Object.entries(conditions).map(([column, values]) => [
    column,
    (Array.isArray(values) ? values : [values]).flatMap((value) => (value === undefined ? [] : [String(value)])),
  ]);
  return Object.fromEntries(entries) as Record<string, string[]>;
}

function valueWriting({ dates, decimal, values, between }: Loose<written.FieldWriting>): ValueWriting {
  const forms = dates?.filter((form) => form !== undefined) ?? [];
  const words = Object.entries(values ?? {}).map(([word, meaning]) => [word, String(meaning ?? '')] as const);
  return {
    ...(forms.length > 0 && { dates: forms }),
    ...(decimal !== undefined && { decimal }),
    ...(words.length > 0 && { values: Object.fromEntries(words) }),
    ...(between && { between: between.filter((text) => text !== undefined) }),
  };
}

function renaming(rename: Loose<written.Rename> | undefined): Source['rename'] {
  const entries = Object.entries(rename ?? {}).flatMap(([from, to]): [string, string | string[]][] => {
    if (Array.isArray(to)) return [[from, to.filter((name) => name !== undefined)]];
    return to === undefined ? [] : [[from, to]];
  });
  return Object.fromEntries(entries);
}

/** The sources of consent, feedback or suppressions as written. */
export function writtenStream<K extends string>(key: K, sources: Source[]): { [P in K]?: written.Stream } {
  const { from: found } = writtenSources(sources);
  // A source with more than a path is written in a list.
  const value = typeof found === 'object' && !Array.isArray(found) ? [found] : found;
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: written.Stream };
}

export function writtenSources(sources: Source[]): { from?: written.Sources } {
  const list = sources.map(writtenSource);
  const [first, ...more] = list;
  if (first === undefined) return {};
  return { from: more.length === 0 ? first : [first, ...more] };
}

function writtenSource(source: Source): written.SourceItem {
  if (source.declared) return source.declared as written.Source;
  const {
    path,
    rename,
    encoding,
    delimiter,
    fields,
    dates,
    decimal,
    values,
    where,
    unless,
    each,
    sheet,
    ids,
    timezone,
  } = source;
  const more = {
    ...(Object.keys(rename).length > 0 && { rename: rename as written.Rename }),
    ...(encoding !== undefined && { encoding }),
    ...(delimiter !== undefined && { delimiter: (delimiter === '\t' ? 'tab' : delimiter) as written.Delimiter }),
    ...(sheet !== undefined && { sheet }),
    ...(each !== undefined && { each }),
    ...(ids !== undefined && { ids }),
    ...(timezone !== undefined && { timezone }),
    ...(dates && { dates: dates as written.DateForms }),
    ...(decimal !== undefined && { decimal }),
    ...(values && { values }),
    ...(fields && { fields: fields as written.FieldWritings }),
    ...(where && { where: where as written.ConditionsOfRows }),
    ...(unless && { unless: unless as written.ConditionsOfRows }),
  };
  return Object.keys(more).length > 0 ? { path, ...more } : path;
}
