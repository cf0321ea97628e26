import type { CustomerData, EventKind, Field, FieldType } from '../../spec/model/data.ts';
import type { Column, ColumnType } from '../store/database.ts';

/** `key`: an id or a name that rows are found by: short, one line, of printable characters. */
export type InputType = FieldType | 'key';

/** A column as a file gives it (after renaming). */
export interface InputColumn {
  name: string;
  type: InputType;
  required: boolean;
  pii: boolean;
  /** Of type `list` only. */
  items?: Field[];
  /** The only values allowed, and what each is stored as. */
  choices?: Record<string, string | boolean>;
  /** What anything else, or nothing, is stored as, and what the report says of it. Without it the row is left out. */
  otherwise?: { value: string; says: string };
  /** The stored column's, where it is not this one's. */
  as?: Column;
}

/** What a kind of file must and may hold. Rows come out as `id` and then `columns`, in this order. */
export interface Shape {
  /** Plural, for messages: `customers`, `order_paid events`. */
  of: string;
  /** `given`: each row has an id. `derived`: a row without one gets a hash of what it says. */
  id: 'given' | 'derived';
  /** What a row is whose id an earlier row of the file had: its replacement, or an error. */
  repeated: 'replaces' | 'refused';
  columns: InputColumn[];
  /** What a column may be called instead, by that name. */
  called?: Record<string, string>;
  /** Whatever else the file has is nobody's mistake. */
  ignoresOthers?: true;
}

/** The model must not name an attribute `id`. */
export function customerShape(data: CustomerData): Shape {
  return { of: 'customers', id: 'given', repeated: 'replaces', columns: data.attributes.map(fromField) };
}

/** The model must not name a field `id`, `customer` or `at`. */
export function eventShape(kind: EventKind): Shape {
  return derived(`${kind.name} events`, [key('customer'), instant, ...kind.fields.map(fromField)]);
}

/** `channels`: the words that name one. */
export function consentShape(channels: string[]): Shape {
  const status: InputColumn = {
    ...key('status'),
    choices: { granted: true, withdrawn: false },
    as: { name: 'granted', type: 'boolean' },
  };
  return derived('consent', [key('customer'), channel(channels), status, instant]);
}

export function feedbackShape(): Shape {
  const kinds = ['delivered', 'opened', 'clicked', 'bounced', 'complained', 'unsubscribed'];
  const kind = { ...key('kind'), choices: Object.fromEntries(kinds.map((name) => [name, name])) };
  return derived('feedback', [key('message'), kind, instant]);
}

export function suppressionShape(channels: string[]): Shape {
  return derived('suppressions', [key('customer'), channel(channels), { ...key('reason'), type: 'string' }, instant]);
}

/** A list of customers, as anything may export it: under `customer` or `id`, beside whatever else there is. */
export function listShape(segment: string): Shape {
  return {
    ...derived(`members of segment ${segment}`, [key('customer')]),
    called: { id: 'customer' },
    ignoresOthers: true,
  };
}

/** The columns of a shape's rows as they are stored. */
export function outputColumns(shape: Shape): Column[] {
  const stored = shape.columns.map((column) => column.as ?? { name: column.name, type: columnType(column.type) });
  return [{ name: 'id', type: 'text' }, ...stored];
}

function derived(of: string, columns: InputColumn[]): Shape {
  return { of, id: 'derived', repeated: 'refused', columns };
}

const instant: InputColumn = { name: 'at', type: 'instant', required: true, pii: false };

/** A refusal that does not say clearly where it holds, holds everywhere: nobody is to be messaged for a misspelt word. */
function channel(names: string[]): InputColumn {
  return {
    ...key('channel'),
    choices: Object.fromEntries([...names, '*'].map((name) => [name.toLowerCase(), name])),
    otherwise: { value: '*', says: 'A refusal is taken for all channels, a consent for none.' },
  };
}

function key(name: string): InputColumn {
  return { name, type: 'key', required: true, pii: false };
}

function fromField(field: Field): InputColumn {
  const { name, type, pii, items } = field;
  return items ? { name, type, required: false, pii, items } : { name, type, required: false, pii };
}

function columnType(type: InputType): ColumnType {
  switch (type) {
    case 'integer':
    case 'instant':
      return 'bigint';
    case 'number':
      return 'double';
    case 'money':
      return 'decimal';
    case 'boolean':
    case 'date':
      return type;
    default:
      return 'text';
  }
}
