import type { Report } from '../diagnostics/report.ts';
import type * as written from '../document/document.generated.ts';
import {
  body,
  clause,
  type Form,
  form,
  type Names,
  optional,
  type Statement,
  slot,
  statement,
} from '../document/forms.ts';
import type { Loose } from '../document/loose.ts';
import type { Place } from '../document/place.ts';
import type { ConsentColumns, CustomerData, DataModel, EventKind, Field } from '../model/data.ts';
import { percent } from '../words/printing.ts';
import { readPercent } from '../words/readings.ts';
import { t } from '../words/t.ts';
import { type Contents, type Entry, named } from './contents.ts';
import type { Doubt } from './doubt.ts';
import { sourceForm } from './source-form.ts';
import { sourcesOf, stream, writtenSources, writtenStream } from './sources.ts';

const field: Form = form(
  'field',
  'a field',
  () => [slot('type', 'name'), clause('pii', 'flag'), optional('title', 'text'), optional('items', fields)],
  'type',
);
const fields: Names = { kind: 'names', name: 'fields', title: 'the fields', of: () => field, inline: true };

const columnConsent = form(
  'column_consent',
  'a column of consent',
  () => [slot('column', 'name'), clause('at', 'name'), clause('refusal', 'name')],
  'column',
);
const columnConsentList: Names = {
  kind: 'names',
  name: 'column_consents',
  title: 'the columns of consent',
  of: () => columnConsent,
};

export const customersForm = form('customers', 'the customers', () => [
  body([
    statement('from', sourceForm, { many: true }),
    statement('complete', 'flag'),
    statement('consent', columnConsentList),
    statement('attributes', fields),
  ]),
]);

export const eventForm = form('event', 'an event', () => [
  optional('title', 'text'),
  body([statement('from', sourceForm, { many: true }), statement('fields', fields)]),
]);

/** A list of sources in the DSL. */
export const streamStatement = (word: string): Statement => ({
  words: [word, 'from'],
  path: ['data', word],
  value: sourceForm,
  many: 'list',
});

/** The data model. Fields whose declaration is wrong are kept in doubt, so that what uses them is not reported too. */
export function buildData(contents: Contents, report: Report, doubt: Doubt): DataModel {
  const build = new Fields(report, doubt);
  const currency = contents.project?.value?.currency;
  const tolerance = readPercent(contents.tolerance?.value ?? '');
  return {
    customers: {
      sources: sourcesOf(contents.customers, report, {
        holds: 'customers',
        names: contents.attributes.map(({ name }) => name),
        consents: Object.keys(contents.columnConsents?.value ?? {}),
      }),
      ...(contents.columnConsents?.value && { consent: columnConsents(contents.columnConsents.value) }),
      ...(contents.complete?.value === true && { complete: true as const }),
      attributes: contents.attributes.map(({ name, value, place }) => build.field(name, value, place, ['id'])),
    },
    events: contents.events.map((entry) => {
      // An event without a usable description may have any fields.
      if (!entry.value) doubt.add('fields');
      return { ...eventKind(entry, build), sources: eventSources(entry, report, currency) };
    }),
    consent: stream(contents.consent, report),
    feedback: stream(contents.feedback, report),
    suppressions: stream(contents.suppressions, report),
    ...(tolerance !== undefined && { tolerance }),
  };
}

function eventSources({ value, place }: Entry<written.Event>, report: Report, currency: string | undefined) {
  const names = Object.keys(value?.fields ?? {});
  const use = { holds: 'orders' as const, names, ...(currency !== undefined && { currency }) };
  return sourcesOf({ value: value?.from, place: place.at('from') }, report, use);
}

function eventKind({ name, value, place }: Entry<written.Event>, build: Fields): Omit<EventKind, 'sources'> {
  return {
    name,
    ...(value?.title !== undefined && { title: value.title }),
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
        const help = t`Names that differ in case only are the same.`;
        this.#report.error('CRM4001', place.at(name).key, t`A field named \`${name}\` exists already`, help);
      }
      names.add(folded);
      return this.field(name, value, place.at(name), taken);
    });
  }

  field(name: string, value: Loose<written.Field> | undefined, place: Place, taken: string[]): Field {
    const form: Loose<written.FieldForm> = typeof value === 'object' ? value : { type: value };
    if (form.type === undefined) this.#doubt.add(name);
    if (taken.includes(name.toLowerCase())) {
      const message = t`\`${name}\` is there by itself and cannot be declared`;
      this.#report.error('CRM4018', place.key, message, t`Remove it, or give the field another name.`);
    }
    const type = form.type ?? 'string';
    if (form.items !== undefined && type !== 'list' && form.type !== undefined) {
      const message = t`\`items\` has no effect on a field of type ${type}`;
      this.#report.error('CRM4013', place.at('items').key, message, t`Remove it, or write \`type: list\`.`);
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

function columnConsents(value: Loose<written.ColumnConsents>): Required<CustomerData>['consent'] {
  const entries = Object.entries(value).flatMap(([channel, form]): [string, ConsentColumns][] => {
    const { column, at, refusal } = typeof form === 'object' ? form : { column: form };
    if (column === undefined) return [];
    return [[channel, { column, ...(at !== undefined && { at }), ...(refusal !== undefined && { refusal }) }]];
  });
  return Object.fromEntries(entries);
}

export function writtenData({
  customers,
  events,
  consent,
  feedback,
  suppressions,
  tolerance,
}: DataModel): written.Data {
  return {
    customers: {
      ...writtenSources(customers.sources),
      ...(customers.complete && { complete: true }),
      ...(customers.consent && { consent: writtenConsents(customers.consent) }),
      attributes: named(customers.attributes, writtenField),
    },
    ...(events.length > 0 && { events: named(events, writtenEvent) }),
    ...writtenStream('consent', consent),
    ...writtenStream('feedback', feedback),
    ...writtenStream('suppressions', suppressions),
    ...(tolerance !== undefined && { tolerance: percent(tolerance) }),
  };
}

function writtenConsents(consent: Required<DataModel['customers']>['consent']): written.ColumnConsents {
  return Object.fromEntries(Object.entries(consent).map(([channel, columns]) => [channel, writtenConsent(columns)]));
}

/** Returns the columns of a consent as they are declared: a column by itself is its name. */
export function writtenConsent(columns: ConsentColumns): string | ConsentColumns {
  return columns.at === undefined && columns.refusal === undefined ? columns.column : columns;
}

function writtenEvent({ title, sources, fields }: EventKind): written.Event {
  return { ...(title !== undefined && { title }), ...writtenSources(sources), fields: named(fields, writtenField) };
}

function writtenField({ type, pii, title, items }: Field): written.Field {
  const usual = type === 'email' || type === 'phone';
  if (pii === usual && title === undefined && items === undefined) return type;
  return {
    type,
    ...(pii !== usual && { pii }),
    ...(title !== undefined && { title }),
    ...(items && { items: named(items, writtenField) }),
  };
}
