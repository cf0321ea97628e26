import type { Code } from './codes.ts';

/** 1-based line and column (in UTF-16 code units), as editors count them; `offset` is 0-based. */
export interface Position {
  offset: number;
  line: number;
  column: number;
}

/** A half-open range: `end` is the first position after the text. */
export interface Range {
  file: string;
  start: Position;
  end: Position;
}

export type Severity = 'error' | 'warning' | 'info';

/** Replaces the text of a range; an empty range is a place to insert. */
export interface Edit {
  range: Range;
  text: string;
}

/** The edits with which a program corrects a finding: all or none; they do not overlap. */
export interface Fix {
  /** The correction, as an order: "Add quiet hours". */
  title: string;
  edits: Edit[];
}

/** A finding about the project's files: data only, for views to show. */
export interface Diagnostic {
  /** Stable, e.g. `CRM1042`; the table is `spec/diagnostics/codes.ts`. */
  code: Code;
  severity: Severity;
  /** The message: one stable sentence on what is wrong. */
  message: string;
  range?: Range;
  /** The remedy. */
  help?: string;
  /** The name of the lint rule that found it, by which it can be set or silenced. */
  rule?: string;
  fix?: Fix;
}

/** A file of the project with its text: `spec` reads no disk. */
export interface SourceFile {
  /** Relative to the project's root, with forward slashes. */
  path: string;
  text: string;
}
