import type { Diagnostic, SourceFile } from '../spec/diagnostics/diagnostic.ts';
import { distinct } from '../spec/diagnostics/sorting.ts';
import { lint } from '../spec/lint/lint.ts';
import { loadProject } from '../spec/load.ts';
import type { Model } from '../spec/model/model.ts';

export interface Checked {
  /** Present if there are no errors, or only those of lint rules that the project has set to `error`. */
  model?: Model;
  /** The errors and the findings of lint, by file and position. */
  diagnostics: Diagnostic[];
  fine: boolean;
}

/** Returns all findings about the files of a project. */
export function checked(files: SourceFile[], environment: string | undefined): Checked {
  const loaded = loadProject(files, environment);
  const diagnostics = distinct([...loaded.diagnostics, ...lint(files, loaded)]);
  const fine = loaded.model !== undefined && !diagnostics.some(({ severity }) => severity === 'error');
  return { ...(loaded.model && { model: loaded.model }), diagnostics, fine };
}
