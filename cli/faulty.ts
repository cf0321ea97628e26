import type { Diagnostic, SourceFile } from '../spec/diagnostics/diagnostic.ts';

/** The project's files have errors, so that nothing can be done with them. */
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
