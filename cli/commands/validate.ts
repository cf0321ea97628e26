import { loadProject } from '../../spec/load.ts';
import { exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { environmentOf, type ProjectOptions } from '../load.ts';
import { findRoot, readProject } from '../project.ts';
import { diagnosticJson, renderDiagnostics, summariseDiagnostics } from '../views/diagnostics.ts';

/** Everything that is wrong with the project's files, in one run. */
export async function validate(io: Io, options: ProjectOptions): Promise<number> {
  const files = await readProject(await findRoot(io.cwd, options.project));
  const { model, diagnostics } = loadProject(files, environmentOf(io, options));
  const counts = {
    campaigns: model?.campaigns.length ?? 0,
    segments: model?.segments.length ?? 0,
    templates: model?.templates.length ?? 0,
  };
  if (options.json) {
    const lines = diagnostics.map(diagnosticJson);
    const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
    const summary = { type: 'summary', format: 1, fine: model !== undefined, errors, warnings: lines.length - errors };
    await io.out(
      [...lines, model ? { ...summary, ...counts } : summary].map((line) => `${JSON.stringify(line)}\n`).join(''),
    );
  } else {
    if (diagnostics.length > 0) await io.out(`${renderDiagnostics(diagnostics, files, io.view)}\n`);
    const { campaigns, segments, templates } = counts;
    await io.out(
      model
        ? `${count(campaigns, 'campaign')}, ${count(segments, 'segment')}, ${count(templates, 'template')}: fine${diagnostics.length > 0 ? `, with ${summariseDiagnostics(diagnostics)}` : ''}\n`
        : `${summariseDiagnostics(diagnostics)}\n`,
    );
  }
  return model ? exit.fine : exit.error;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
