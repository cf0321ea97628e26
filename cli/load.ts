import type { Contents } from '../spec/constructs/contents.ts';
import type { SourceFile } from '../spec/diagnostics/diagnostic.ts';
import { loadProject } from '../spec/load.ts';
import type { Model, Origins } from '../spec/model/model.ts';
import { Faulty } from './faulty.ts';
import type { Io } from './io.ts';
import { findRoot, readProject } from './project.ts';

export interface ProjectOptions {
  /** The folder given by `--project`. */
  project?: string;
  /** The environment given by `--env`. */
  env?: string;
  json?: boolean;
}

export interface Loaded {
  root: string;
  model: Model;
  origins: Origins;
  contents: Contents;
  files: SourceFile[];
  /** The environment that is chosen, by the name that was asked for. */
  environment?: string;
}

/** Returns the environment of the option, else that of CRM_ENV. */
export function environmentOf(io: Io, { env }: ProjectOptions): string | undefined {
  return env ?? (io.env.CRM_ENV || undefined);
}

/** Returns the project, free of errors, and prints its warnings. Throws Faulty or UserError. */
export async function load(io: Io, options: ProjectOptions): Promise<Loaded> {
  const root = await findRoot(io.cwd, options.project);
  const files = await readProject(root);
  const environment = environmentOf(io, options);
  const { model, origins, contents, diagnostics } = loadProject(files, environment);
  if (!model) throw new Faulty(diagnostics, files);
  if (diagnostics.length > 0) {
    const { renderDiagnostics } = await import('./views/diagnostics.ts');
    io.err(`${renderDiagnostics(diagnostics, files, io.errorView)}\n`);
  }
  return { root, model, origins, contents, files, ...(environment !== undefined && { environment }) };
}
