import type { Contents } from '../constructs/contents.ts';
import type { LintRule } from '../diagnostics/codes.ts';
import type { Fix, Range, SourceFile } from '../diagnostics/diagnostic.ts';
import type { Model, Origins } from '../model/model.ts';

/** A project that is free of errors: what it means, and how that was written. */
export interface Subject {
  model: Model;
  origins: Origins;
  contents: Contents;
  files: SourceFile[];
}

export interface Finding {
  range?: Range | undefined;
  /** The message: one stable sentence without its full stop. */
  message: string;
  help: string;
  fix?: Fix | undefined;
}

export interface Rule {
  name: LintRule;
  check(subject: Subject): Finding[];
}
