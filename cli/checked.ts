import type { Diagnostic, SourceFile } from '../spec/diagnostics/diagnostic.ts';
import { distinct } from '../spec/diagnostics/sorting.ts';
import { lint } from '../spec/lint/lint.ts';
import { loadProject } from '../spec/load.ts';
import type { Model } from '../spec/model/model.ts';

export interface Checked {
  /** Present when there is no error but of lint rules that the project calls errors. */
  model?: Model;
  /** The faults, and the remarks of lint; by file and position. */
  diagnostics: Diagnostic[];
  fine: boolean;
}

/** Everything that can be said of a project by its files alone. */
export function checked(files: SourceFile[], environment: string | undefined): Checked {
  const loaded = loadProject(files, environment);
  const diagnostics = distinct([...loaded.diagnostics, ...lint(files, loaded)]);
  const fine = loaded.model !== undefined && !diagnostics.some(({ severity }) => severity === 'error');
  return { ...(loaded.model && { model: loaded.model }), diagnostics, fine };
}
