import type { Document } from 'yaml';
import type { Range } from '../diagnostics/diagnostic.ts';

/** A file whose syntax is right, of either surface, as a tree. `value` is plain data; aliases in it are resolved. */
export interface ParsedFile {
  path: string;
  text: string;
  document: Document;
  value: unknown;
  range(start: number, end: number): Range;
}
