import type { Diagnostic, SourceFile } from '../../spec/diagnostics/diagnostic.ts';
import { projectFile, projectFileDsl } from '../../spec/document/project-files.ts';
import { type Annotation, annotationOf } from './annotation.ts';
import { pathsFrom } from './paths.ts';

/** The formats that other programs read. */
export const reportFormats = ['sarif', 'github', 'gitlab', 'junit'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export interface Reported {
  diagnostics: Diagnostic[];
  files: SourceFile[];
  /** The folder of the project. */
  root: string;
  /** The folder to which paths are relative: the repository's, under GitHub Actions. */
  base: string;
  /** The version of Kaskad. */
  version: string;
}

/** Renders diagnostics in a format for other programs. */
export async function renderReport(format: ReportFormat, reported: Reported): Promise<string> {
  const { diagnostics, files, root, base, version } = reported;
  const pathOf = pathsFrom(base, root);
  switch (format) {
    case 'sarif': {
      const { sarifLog } = await import('./sarif.ts');
      return `${JSON.stringify(sarifLog(diagnostics, { version, files, pathOf }), null, 2)}\n`;
    }
    case 'github':
    case 'gitlab':
      return annotate(format, diagnostics.map(annotationOf), reported);
    case 'junit':
      return (await import('./junit.ts')).junitReport(diagnostics, files, pathOf);
  }
}

/** Renders annotations for a service that shows them beside the lines of a change. */
export async function annotate(
  format: 'github' | 'gitlab',
  annotations: Annotation[],
  { files, root, base }: Pick<Reported, 'files' | 'root' | 'base'>,
): Promise<string> {
  const pathOf = pathsFrom(base, root);
  if (format === 'github') return (await import('./github.ts')).githubAnnotations(annotations, pathOf);
  const home = files.find(({ path }) => path === projectFileDsl)?.path ?? projectFile;
  return (await import('./gitlab.ts')).gitlabReport(annotations, pathOf, home);
}

/** Returns the folder of the repository in a job of GitHub or GitLab, otherwise the one in which the command is run. */
export function repositoryOf({ env, cwd }: { env: Record<string, string | undefined>; cwd: string }): string {
  return env.GITHUB_WORKSPACE ?? env.CI_PROJECT_DIR ?? cwd;
}
