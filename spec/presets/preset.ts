import type { Source } from '../document/document.generated.ts';
import type { FieldType, StatedConsent } from '../model/data.ts';

/** The layout of rows in a file: under a header (CSV, Excel), or as JSON objects. */
export type Layout = 'table' | 'json';

/** An export of a well-known product, described as a source of one kind of data. */
export interface Preset {
  /** The product, and what is exported. */
  title: string;
  /** Orders are events. */
  holds: 'customers' | 'orders';
  layout: Layout;
  /** The documented columns; of JSON the keys of a row. Those that the project does not use are not reported. */
  columns: string[];
  /** Columns by which the export is recognised: it has all of them. */
  marks: string[];
  /** Names in the model that it has values for, beside `id`, `customer` and `at`, and their types. */
  gives: Record<string, FieldType>;
  /** The column of the order's currency, and other codes for a currency than ISO 4217 has. */
  currency?: { column: string; codes?: Record<string, string> };
  /** The consent that rows of customers state. */
  consent?: StatedConsent[];
  /** The keys of the source, as a project would write them. */
  source: Omit<Source, 'path' | 'preset'>;
}
