import type { Diagnostic, SourceFile } from '../../spec/diagnostics/diagnostic.ts';
import { pathsFrom } from './paths.ts';

/** For other programs than this one. */
export const reportFormats = ['sarif', 'github', 'junit'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export interface Reported {
  diagnostics: Diagnostic[];
  files: SourceFile[];
  /** The folder of the project. */
  root: string;
  /** The folder from which the reader knows files: of the repository, where it runs under GitHub Actions. */
  base: string;
  /** The version of Kaskad. */
  version: string;
}

/** Diagnostics in a format of others. */
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
