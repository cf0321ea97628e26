import type { CustomerData, DataModel, EventKind, Field, Source, ValueWriting, Writing } from '../model/data.ts';
import type * as written from '../source/document.generated.ts';
import type { Loose } from '../source/loose.ts';
import type { Place } from '../source/place.ts';
import { readPercent } from '../source/readings.ts';
import type { Report } from '../source/report.ts';
import type { Contents, Entry } from './contents.ts';
import type { Doubt } from './doubt.ts';

/** The data model. Fields whose declaration is wrong are kept in doubt, so that what uses them is not reported too. */
export function buildData(contents: Contents, report: Report, doubt: Doubt): DataModel {
  const build = new Fields(report, doubt);
  const tolerance = readPercent(contents.tolerance?.value ?? '');
  return {
    customers: {
      sources: sources(contents.customers?.value),
      ...(contents.columnConsents?.value && { consent: columnConsents(contents.columnConsents.value) }),
      ...(contents.complete?.value === true && { complete: true as const }),
      attributes: contents.attributes.map(({ name, value, place }) => build.field(name, value, place, ['id'])),
    },
    events: contents.events.map((entry) => {
      // An event without a usable description may have any fields.
      if (!entry.value) doubt.add('fields');
      return eventKind(entry, build);
    }),
    consent: stream(contents.consent?.value),
    feedback: stream(contents.feedback?.value),
    suppressions: stream(contents.suppressions?.value),
    ...(tolerance !== undefined && { tolerance }),
  };
}

function eventKind({ name, value, place }: Entry<written.Event>, build: Fields): EventKind {
  return {
    name,
    ...(value?.title !== undefined && { title: value.title }),
    sources: sources(value?.from),
    fields: build.fields(value?.fields, place.at('fields'), ['id', 'customer', 'at']),
  };
}

class Fields {
  readonly #report: Report;
  readonly #doubt: Doubt;

  constructor(report: Report, doubt: Doubt) {
    this.#report = report;
    this.#doubt = doubt;
  }

  fields(written: Loose<written.Fields> | undefined, place: Place, taken: string[]): Field[] {
    const names = new Set<string>();
    return Object.entries(written ?? {}).map(([name, value]) => {
      const folded = name.toLowerCase();
      if (names.has(folded)) {
        const help = 'Names that differ in case only are the same.';
        this.#report.error('CRM4001', place.at(name).key, `A field named \`${name}\` exists already`, help);
      }
      names.add(folded);
      return this.field(name, value, place.at(name), taken);
    });
  }

  field(name: string, value: Loose<written.Field> | undefined, place: Place, taken: string[]): Field {
    const form: Loose<written.FieldForm> = typeof value === 'object' ? value : { type: value };
    if (form.type === undefined) this.#doubt.add(name);
    if (taken.includes(name.toLowerCase())) {
      const message = `\`${name}\` is there by itself and cannot be declared`;
      this.#report.error('CRM4018', place.key, message, 'Remove it, or give the field another name.');
    }
    const type = form.type ?? 'string';
    if (form.items !== undefined && type !== 'list' && form.type !== undefined) {
      const message = `\`items\` has no effect on a field of type ${type}`;
      this.#report.error('CRM4013', place.at('items').key, message, 'Remove it, or write `type: list`.');
    }
    return {
      name,
      type,
      pii: form.pii ?? (type === 'email' || type === 'phone'),
      ...(form.title !== undefined && { title: form.title }),
      ...(form.items !== undefined && { items: this.fields(form.items, place.at('items'), []) }),
    };
  }
}

function stream(value: Loose<written.Stream> | undefined): Source[] {
  return typeof value === 'object' && 'from' in value ? sources(value.from) : sources(value as Loose<written.Sources>);
}

/** Files as written: one, or several. */
export function sources(value: Loose<written.Sources> | undefined): Source[] {
  if (value === undefined) return [];
  const items = Array.isArray(value) ? value : [value];
  return items.flatMap((item) => {
    if (item === undefined) return [];
    if (typeof item === 'string') return [{ path: item, rename: {} }];
    return item.path === undefined ? [] : [{ path: item.path, rename: renaming(item.rename), ...writing(item) }];
  });
}

function writing(source: Loose<written.Source>): Writing {
  const { encoding, delimiter, each } = source;
  const fields = Object.entries(source.fields ?? {}).map(([name, field]) => [name, valueWriting(field ?? {})] as const);
  return {
    ...(encoding !== undefined && { encoding }),
    ...(delimiter !== undefined && { delimiter: delimiter === 'tab' ? '\t' : delimiter }),
    ...(each !== undefined && { each }),
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

function valueWriting({ dates, decimal, values }: Loose<written.FieldWriting>): ValueWriting {
  const forms = dates?.filter((form) => form !== undefined) ?? [];
  const words = Object.entries(values ?? {}).map(([word, meaning]) => [word, String(meaning ?? '')] as const);
  return {
    ...(forms.length > 0 && { dates: forms }),
    ...(decimal !== undefined && { decimal }),
    ...(words.length > 0 && { values: Object.fromEntries(words) }),
  };
}

function renaming(rename: Loose<written.Rename> | undefined): Source['rename'] {
  const entries = Object.entries(rename ?? {}).flatMap(([from, to]): [string, string | string[]][] => {
    if (Array.isArray(to)) return [[from, to.filter((name) => name !== undefined)]];
    return to === undefined ? [] : [[from, to]];
  });
  return Object.fromEntries(entries);
}

function columnConsents(value: Loose<written.ColumnConsents>): Required<CustomerData>['consent'] {
  const entries = Object.entries(value).flatMap(([channel, form]): [string, { column: string; at?: string }][] => {
    const { column, at } = typeof form === 'object' ? form : { column: form, at: undefined };
    return column === undefined ? [] : [[channel, { column, ...(at !== undefined && { at }) }]];
  });
  return Object.fromEntries(entries);
}
