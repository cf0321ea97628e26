import type { CustomerData, EventKind, Field, FieldType, StatedConsent } from '../../../spec/model/data.ts';
import { later } from '../../../spec/words/t.ts';
import type { Column, ColumnType, Value } from '../../store/database.ts';
import type { Trouble } from './convert/converter.ts';

/**
 * `key`: an id or a name that rows are found by: short, one line, of printable characters. `message`: the id of a
 * message, also as mail systems write it.
 */
export type InputType = FieldType | 'key' | 'message';

/** The column of the order in which rows were read: in a batch the line, in the inbox a number that never decreases. */
export const ARRIVAL = '#arrival';
/** The column of a row's source, by its number. */
export const SOURCE = '#source';

/** A column as a file gives it (after renaming). */
export interface InputColumn {
  name: string;
  type: InputType;
  required: boolean;
  pii: boolean;
  /** The fields of an item, for type `list` only. */
  items?: Field[];
  /** The only values allowed, and what each is stored as. */
  choices?: Record<string, string | boolean>;
  /** The value that is stored for anything else, or nothing, and its report. Without it the row is left out. */
  otherwise?: NonNullable<Trouble['instead']>;
  /** The stored column's, where it is not this one's. */
  as?: Column;
}

/** The columns that a kind of file must and may hold. Rows have the columns of `outputColumns`. */
export interface Shape {
  /** Plural, for messages: `customers`, `order_paid events`. */
  of: string;
  /**
   * `given`: each row has an id, and a later row takes the place of an earlier one. `derived`: a row without one gets a
   * hash of what it means. `meaning`: the same for all rows, whatever id the file has, so that rows which mean the same
   * are one. `none`: rows have no id.
   */
  id: 'given' | 'derived' | 'meaning' | 'none';
  columns: InputColumn[];
  /** The rows that forbid something: those with one of the values in the column; without a column, all. */
  refuses?: { column?: string; values?: Value[] };
  /** A refusal may name a customer by an address; its hash is a column of its own. */
  addressed?: true;
  /** The other names of columns: the column by that name. */
  called?: Record<string, string>;
  /** The files of this shape together name everybody. */
  complete?: true;
  /** Columns that another shape reads of the file. */
  others?: string[];
  /** Each row states the customer's consent now, often without its date. Such rows become those of the shape. */
  states?: StatedConsent[];
  /** The rows have their places although they are no log. */
  placed?: true;
  /** Other columns of the file are no mistake. */
  ignoresOthers?: true;
  /** Rows are wanted as they are written: the names of the columns first, and then all cells of each; a row of JSON is one cell. */
  written?: true;
}

/** The rows of a file of which nothing is known yet. */
export const WRITTEN: Shape = { of: 'rows', id: 'none', columns: [], written: true };

/** The model must not name an attribute `id`. */
export function customerShape(data: CustomerData): Shape {
  const { attributes, complete, consent } = data;
  const others = Object.values(consent ?? {}).flatMap(({ column, at, refusal }) =>
    [column, at, refusal].filter((one) => one !== undefined),
  );
  return {
    of: 'customers',
    id: 'given',
    columns: attributes.map(fromField),
    ...(complete && { complete }),
    ...(others.length > 0 && { others }),
  };
}

/** The consent in the columns of customers' files: a word that is no yes is a withdrawal, and so is an empty cell. */
export function stateShape(states: StatedConsent[], channels: string[]): Shape {
  const { columns, ...shape } = consentShape(channels);
  return {
    ...shape,
    columns: columns.map((column) => {
      if (column.name === 'at') return { ...column, required: false };
      return column.name === 'status' ? { ...column, choices: YES_OR_NO } : column;
    }),
    states,
  };
}

const YES = ['yes', 'true', '1', 'granted', 'subscribed', 'opt-in', 'opted in'];
const NO = [
  'no',
  'false',
  '0',
  'withdrawn',
  'unsubscribed',
  'not subscribed',
  'never_subscribed',
  'opt-out',
  'opted out',
];
const YES_OR_NO = Object.fromEntries([...YES.map((word) => [word, true]), ...NO.map((word) => [word, false])]);

/** The model must not name a field `id`, `customer` or `at`. */
export function eventShape(kind: EventKind): Shape {
  return identifiedByContent(`${kind.name} events`, [key('customer'), instant, ...kind.fields.map(fromField)]);
}

/** `channels`: the words that name one. */
export function consentShape(channels: string[]): Shape {
  const status: InputColumn = {
    ...key('status'),
    choices: { granted: true, withdrawn: false },
    otherwise: { value: false, says: (sentence) => later`${sentence}. It is taken for a withdrawal.` },
    as: { name: 'granted', type: 'boolean' },
  };
  return {
    ...identifiedByMeaning('consent', [key('customer'), channel(channels), status, instant]),
    refuses: { column: 'status', values: [false] },
    addressed: true,
  };
}

export function feedbackShape(): Shape {
  const kind = { ...key('kind'), choices: FEEDBACK };
  return {
    ...identifiedByMeaning('feedback', [{ ...key('message'), type: 'message' }, kind, instant]),
    refuses: { column: 'kind', values: ['bounced', 'complained', 'unsubscribed'] },
  };
}

export function suppressionShape(channels: string[]): Shape {
  const reason: InputColumn = {
    ...key('reason'),
    type: 'string',
    otherwise: { value: 'unspecified', says: (sentence) => later`${sentence}. It is taken for "unspecified".` },
  };
  return {
    ...identifiedByMeaning('suppressions', [key('customer'), channel(channels), reason, instant]),
    refuses: {},
    addressed: true,
  };
}

/** A list of customers, as anything may export it: under `customer` or `id`, beside whatever else there is. */
export function listShape(segment: string): Shape {
  return {
    of: `members of segment ${segment}`,
    id: 'none',
    columns: [key('customer')],
    called: { id: 'customer' },
    ignoresOthers: true,
  };
}

/** Words of providers for the kinds of feedback. */
const FEEDBACK: Record<string, string> = {
  delivered: 'delivered',
  delivery: 'delivered',
  opened: 'opened',
  open: 'opened',
  prefetched: 'prefetched',
  prefetch: 'prefetched',
  machine_open: 'prefetched',
  proxy_open: 'prefetched',
  unique_proxy_open: 'prefetched',
  clicked: 'clicked',
  click: 'clicked',
  bounced: 'bounced',
  bounce: 'bounced',
  complained: 'complained',
  complaint: 'complained',
  spam: 'complained',
  unsubscribed: 'unsubscribed',
  unsubscribe: 'unsubscribed',
};

/** Returns the columns of a shape's rows as they are stored: the id, the shape's own, what is added, and the line. */
export function outputColumns(shape: Shape): Column[] {
  const stored = shape.columns.map((column) => column.as ?? { name: column.name, type: columnType(column.type) });
  return [
    { name: 'id', type: 'text' },
    ...stored,
    ...(shape.addressed ? [{ name: 'address', type: 'text' } as const] : []),
    ...(isLog(shape) ? [{ name: ARRIVAL, type: 'bigint' } as const] : []),
  ];
}

/** Returns true if the rows of such files are kept each with its place in the order of reading. */
export function isLog({ id, placed }: Shape): boolean {
  return id === 'derived' || id === 'meaning' || placed === true;
}

function identifiedByContent(of: string, columns: InputColumn[]): Shape {
  return { of, id: 'derived', columns };
}

function identifiedByMeaning(of: string, columns: InputColumn[]): Shape {
  return { of, id: 'meaning', columns };
}

const instant: InputColumn = { name: 'at', type: 'instant', required: true, pii: false };

/** A refusal with an unclear channel holds on every channel: a misspelt word must not allow a message. */
function channel(names: string[]): InputColumn {
  return {
    ...key('channel'),
    choices: Object.fromEntries([...names, '*'].map((name) => [name.toLowerCase(), name])),
    otherwise: {
      value: '*',
      says: (sentence) => later`${sentence}. The refusal is taken for all channels.`,
      saysOfGrant: (sentence) => later`${sentence}. The consent is taken for none.`,
    },
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
