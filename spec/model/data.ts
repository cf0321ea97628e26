/** The types of fields. `email`, `phone`, `timezone`, `locale` and `country` are strings that are normalised and checked on the way in. */
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
  | 'country'
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

/** The encodings that can be declared: labels of the Encoding Standard, but `utf-16` is either byte order. */
export type Encoding =
  | 'utf-8'
  | 'utf-16'
  | 'windows-1250'
  | 'windows-1251'
  | 'windows-1252'
  | 'windows-1254'
  | 'iso-8859-15'
  | 'koi8-r'
  | 'ibm866'
  | 'macintosh';

/** The notation of values. */
export interface ValueWriting {
  /** Forms of dates and instants, see date-forms.ts. ISO 8601 is read besides. */
  dates?: string[];
  /** The sign before the decimals; with it, digits may be in groups. */
  decimal?: ',' | '.';
  /** Word of the file → its meaning; the empty text means nothing. */
  values?: Record<string, string>;
  /** The texts before and after the value in the cell; for a column only. */
  between?: string[];
}

/** The notation of a file. An absent part is recognised, or as usual. */
export interface Writing extends ValueWriting {
  encoding?: Encoding;
  /** The character between the cells of a CSV file. */
  delimiter?: string;
  /** The sheet of a workbook; absent: the first. */
  sheet?: string;
  /** The path of a list in a row whose items are the rows; for JSON and Parquet. */
  each?: string;
  /** The IANA zone of times without an offset; absent: the project's. */
  timezone?: string;
  /** The ids of customers are e-mail addresses: they count in one spelling. */
  ids?: 'email';
  /** Column of the model → how its values are written, where they differ from the rest. */
  fields?: Record<string, ValueWriting>;
  /** Column of the file → values of which a row of the source has one. */
  where?: Record<string, string[]>;
  /** Column of the file → values of which a row of the source has none. */
  unless?: Record<string, string[]>;
}

/** A file of rows, relative to the project's root. */
export interface Source extends Writing {
  path: string;
  /** Column in the file → name in the model, where the two differ; several where one column is several. */
  rename: Record<string, string | string[]>;
  /** The source as it is declared, where a preset fills it in: no part of what runs. */
  declared?: object;
  /** Columns of the file that may be missing or unused. */
  known?: string[];
  /** The consent that rows of customers state. */
  consent?: StatedConsent[];
}

/**
 * A consent to a channel, or a kind of channels, that each row of customers states: in a column; the same in all rows; or a
 * withdrawal, where a column has a value. `at`: the column of its time.
 */
export type StatedConsent = { channel: string; at?: string } & (
  | { column: string }
  | { always: 'yes' | 'no' }
  | { refusal: string }
);

/** `at`: the column of the entry's time. `refusal`: the column in which any value is a withdrawal, whatever the value of `column`. */
export interface ConsentColumns {
  column: string;
  at?: string;
  refusal?: string;
}

export interface CustomerData {
  sources: Source[];
  /** True if the files together name every customer: who is in none of them any more gets no messages. */
  complete?: true;
  /** Channel or kind → the columns of the files that state a customer's consent. */
  consent?: Record<string, ConsentColumns>;
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
  /** Rows `message, kind (delivered | opened | prefetched | clicked | bounced | complained | unsubscribed), at`. */
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
