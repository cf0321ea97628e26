import type { Diagnostic, SourceFile } from '../spec/diagnostics/diagnostic.ts';

/** The error of a project whose files have errors. */
export class Faulty extends Error {
  override name = 'Faulty';
  readonly diagnostics: Diagnostic[];
  readonly files: SourceFile[];

  constructor(diagnostics: Diagnostic[], files: SourceFile[]) {
    super('the project has errors');
    this.diagnostics = diagnostics;
    this.files = files;
  }
}
