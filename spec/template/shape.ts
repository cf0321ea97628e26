import type { EventKind, Field, FieldType } from '../model/data.ts';
import { laterAll, t, translated } from '../words/t.ts';

/** The type of the data that a template sees at a place. `unknown` follows an error, so that one mistake is reported once. */
export type Shape =
  | { kind: 'value'; type: Exclude<FieldType, 'list'>; trusted?: true }
  | { kind: 'list'; item: Shape }
  | RecordShape
  | { kind: 'unknown' };

export interface RecordShape {
  kind: 'record';
  /** The name for messages: `customer`, `event cart_updated`. */
  title: string;
  fields: Map<string, Shape>;
  /** The names that a template begins with. */
  root?: true;
}

export interface TemplateScope {
  attributes: Field[];
  /** The names of the template's variants; absent: it has none. */
  variants?: readonly string[];
  /** The event that enters customers into the campaign. */
  event?: EventKind;
  /** The variables of the project; undefined: the value is wrong, and reported elsewhere. */
  variables?: Readonly<Record<string, string | number | boolean | undefined>>;
}

export const unknown: Shape = { kind: 'unknown' };
export const text: Shape = { kind: 'value', type: 'string' };
export const integer: Shape = { kind: 'value', type: 'integer' };
export const boolean: Shape = { kind: 'value', type: 'boolean' };

/** Returns the names that a template begins with. `front`: the values of the front matter that it sees. */
export function rootShape(scope: TemplateScope, front: readonly string[]): RecordShape {
  const root = new Map<string, Shape>([
    ['customer', record('customer', scope.attributes)],
    [
      'project',
      {
        kind: 'record',
        title: 'project',
        fields: new Map([
          ['name', text],
          ['currency', text],
        ]),
      },
    ],
    ['var', { kind: 'record', title: 'var', fields: variableShapes(scope.variables) }],
    ['message', { kind: 'record', title: 'message', fields: new Map([['id', text]]) }],
    ['unsubscribe_url', { kind: 'value', type: 'string', trusted: true }],
  ]);
  if (scope.variants) {
    const fields = new Map(scope.variants.map((name): [string, Shape] => [name, boolean]));
    root.set('variant', { kind: 'record', title: 'variant', fields });
  }
  if (scope.event) root.set('event', record(t`event ${scope.event.name}`, scope.event.fields));
  if (front.includes('preheader')) root.set('preheader', text);
  return { kind: 'record', title: t`a template`, fields: root, root: true };
}

function variableShapes(variables: TemplateScope['variables']): Map<string, Shape> {
  const shapes = Object.entries(variables ?? {}).map(([name, value]): [string, Shape] => [name, shapeOf(value)]);
  return new Map(shapes);
}

function shapeOf(value: string | number | boolean | undefined): Shape {
  if (value === undefined) return unknown;
  if (typeof value === 'number') return Number.isInteger(value) ? integer : { kind: 'value', type: 'number' };
  return typeof value === 'boolean' ? boolean : text;
}

function record(title: string, fields: Field[]): RecordShape {
  return { kind: 'record', title, fields: new Map(fields.map((field) => [field.name, fieldShape(field)])) };
}

function fieldShape(field: Field): Shape {
  if (field.type !== 'list') return { kind: 'value', type: field.type };
  return { kind: 'list', item: field.items ? record(t`an item of ${field.name}`, field.items) : text };
}

/** Returns the type of a value of a template, for a sentence after its article. */
export function describe(shape: Shape): string {
  if (shape.kind === 'record') return t`record (${shape.title})`;
  return translated(names[shape.kind === 'value' ? shape.type : shape.kind]);
}

const names: Record<FieldType | 'unknown', string> = laterAll({
  string: 'string',
  integer: 'integer',
  number: 'number',
  money: 'money',
  boolean: 'boolean',
  date: 'date',
  instant: 'instant',
  email: 'email',
  phone: 'phone',
  timezone: 'timezone',
  locale: 'locale',
  country: 'country',
  list: 'list',
  unknown: 'unknown',
});
