/** The types of fields. `email`, `phone`, `timezone` and `locale` are strings that are normalised and checked on the way in. */
export type FieldType =
  | 'string'
  | 'integer'
  | 'number'
  | 'money'
  | 'boolean'
  | 'date'
  | 'instant'
  | 'email'
  | 'phone'
  | 'timezone'
  | 'locale'
  | 'list';

export interface Field {
  name: string;
  type: FieldType;
  /** Personal data: never in plans, logs or errors. */
  pii: boolean;
  title?: string;
  /** The fields of each item, for type `list` only. */
  items?: Field[];
}

/** Where rows come from: CSV (`.csv`) or JSON lines (`.jsonl`, `.ndjson`), relative to the project's root. */
export interface Source {
  path: string;
  /** Column in the file → name in the model, where the two differ. */
  rename: Record<string, string>;
}

export interface CustomerData {
  sources: Source[];
  /** The files together name every customer: who is in none of them any more is not written to. */
  complete?: true;
  attributes: Field[];
}

export interface EventKind {
  name: string;
  title?: string;
  sources: Source[];
  fields: Field[];
}

export interface DataModel {
  customers: CustomerData;
  events: EventKind[];
  /** Rows `customer, channel, status (granted | withdrawn), at`. */
  consent: Source[];
  /** Rows `message, kind (delivered | opened | clicked | bounced | complained | unsubscribed), at`. */
  feedback: Source[];
  /** Rows `customer, channel (or *), reason, at`. */
  suppressions: Source[];
  /** The share of a file's rows that may be lost, in hundredths of a percent; absent: 5 %. */
  tolerance?: number;
}

/** The events that RFM scores count: those of a kind in a window before now, and the worth of each. */
export interface Rfm {
  event: string;
  /** A numeric field of the event. */
  value: string;
  /** Milliseconds. */
  window: number;
}
