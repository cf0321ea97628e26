import type { Diagnostic } from '../../spec/diagnostics/diagnostic.ts';
import type { Model } from '../../spec/model/model.ts';
import { t } from '../../spec/words/t.ts';
import { checked } from '../checked.ts';
import { exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { environmentOf, type ProjectOptions } from '../load.ts';
import { findRoot, readProject } from '../project.ts';
import { trackedData } from '../tracked-data.ts';
import { version } from '../version.ts';
import { diagnosticJson, summariseDiagnostics } from '../views/diagnostics-summary.ts';
import { many } from '../views/format.ts';
import { type ReportFormat, renderReport, repositoryOf } from '../views/report.ts';
import { wrapped } from '../views/wrap.ts';

export interface ValidateOptions extends ProjectOptions {
  format?: 'text' | 'json' | ReportFormat;
}

/** Reports all errors in the project's files and all findings of the lint. */
export async function validate(io: Io, options: ValidateOptions): Promise<number> {
  const root = await findRoot(io.cwd, options.project);
  const files = await readProject(root);
  const { model, diagnostics, fine } = checked(files, environmentOf(io, options));
  const tracked = fine && model ? await trackedData(root, model.data) : [];
  const format = options.json ? 'json' : (options.format ?? 'text');
  if (format === 'json') await io.out(jsonLines(diagnostics, fine ? model : undefined, tracked));
  else if (format === 'text') {
    if (diagnostics.length > 0) {
      const { renderDiagnostics } = await import('../views/diagnostics.ts');
      await io.out(`${renderDiagnostics(diagnostics, files, io.view)}\n`);
    }
    await io.out(`${wrapped(summary(diagnostics, fine ? model : undefined), io.view.width)}\n`);
    if (tracked.length > 0) io.err(wrapped(trackedText(tracked), io.errorView.width));
  } else {
    await io.out(await renderReport(format, { diagnostics, files, root, base: repositoryOf(io), version }));
  }
  return fine ? exit.fine : exit.error;
}

function jsonLines(diagnostics: Diagnostic[], model: Model | undefined, tracked: string[]): string {
  const counted = (wanted: Diagnostic['severity']) => diagnostics.filter(({ severity }) => severity === wanted).length;
  const counts = { errors: counted('error'), warnings: counted('warning'), notes: counted('info') };
  const summed = {
    type: 'summary',
    format: 1,
    fine: model !== undefined,
    ...counts,
    ...(model && {
      campaigns: model.campaigns.length,
      segments: model.segments.length,
      templates: model.templates.length,
    }),
    ...(tracked.length > 0 && { tracked }),
  };
  return [...diagnostics.map(diagnosticJson), summed].map((line) => `${JSON.stringify(line)}\n`).join('');
}

function summary(diagnostics: Diagnostic[], model: Model | undefined): string {
  if (!model) return summariseDiagnostics(diagnostics);
  const { campaigns, segments, templates } = model;
  const counts = [
    many(campaigns.length, 'campaign'),
    many(segments.length, 'segment'),
    many(templates.length, 'template'),
  ];
  const named = counts.join(', ');
  return diagnostics.length > 0 ? t`${named}: fine, with ${summariseDiagnostics(diagnostics)}` : t`${named}: fine`;
}

function trackedText([first = '', ...more]: string[]): string {
  const all = more.length === 0 ? first : t`${first} and ${many(more.length, 'other data file')}`;
  return t`warning: git tracks ${all}: everybody who has the repository reads the customers' data.
  \`git rm --cached\` takes a file out of the next commit; write its path into .gitignore. A folder named sample is left alone.
`;
}
