import type { Diagnostic, SourceFile } from '../../spec/diagnostics/diagnostic.ts';
import { pathsFrom } from './paths.ts';

/** The formats that other programs read. */
export const reportFormats = ['sarif', 'github', 'junit'] as const;
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
      return (await import('./github.ts')).githubAnnotations(diagnostics, pathOf);
    case 'junit':
      return (await import('./junit.ts')).junitReport(diagnostics, files, pathOf);
  }
}
