import { join } from 'node:path';
import type { Diagnostic, SourceFile } from '../../spec/diagnostics/diagnostic.ts';
import { fixAll } from '../../spec/lint/fix.ts';
import { lint as findings } from '../../spec/lint/lint.ts';
import { loadProject } from '../../spec/load.ts';
import { t } from '../../spec/words/t.ts';
import { exit } from '../exit.ts';
import { Faulty } from '../faulty.ts';
import type { Io } from '../io.ts';
import { environmentOf, type ProjectOptions } from '../load.ts';
import { findRoot, readProject } from '../project.ts';
import { remark } from '../say.ts';
import { diagnosticJson, renderDiagnostics, summariseDiagnostics } from '../views/diagnostics.ts';
import { many } from '../views/format.ts';
import { writeWhole } from '../write.ts';

export interface LintOptions extends ProjectOptions {
  fix?: boolean;
}

/** Reports what is valid but hardly meant; with `--fix`, corrects as much of it as possible. */
export async function lint(io: Io, options: LintOptions): Promise<number> {
  const root = await findRoot(io.cwd, options.project);
  const environment = environmentOf(io, options);
  const files = await readProject(root);
  const loaded = loadProject(files, environment);
  if (!loaded.model) throw new Faulty(loaded.diagnostics, files);
  const after = options.fix ? await fix(io, root, files, environment, options.json) : files;
  const left = findings(after, loadProject(after, environment));
  if (options.json) await io.out(left.map((one) => `${JSON.stringify(diagnosticJson(one))}\n`).join(''));
  else {
    if (left.length > 0) await io.out(`${renderDiagnostics(left, after, io.view)}\n`);
    await io.out(`${left.length > 0 ? summariseDiagnostics(left) : t`Nothing to remark.`}\n`);
  }
  return left.some(({ severity }) => severity === 'error') ? exit.error : exit.fine;
}

/** Writes each changed file, and returns the changed project. */
async function fix(io: Io, root: string, files: SourceFile[], environment: string | undefined, json = false) {
  const fixed = fixAll(files, (texts) => {
    const loaded = loadProject(texts, environment);
    return loaded.model && findings(texts, loaded);
  });
  for (const { path, text } of fixed.files) await writeWhole(join(root, path), text);
  for (const one of fixed.done) await io.out(json ? `${JSON.stringify(doneJson(one))}\n` : `${doneLine(one)}\n`);
  if (fixed.done.length > 0 && !json) {
    remark(io, t`${many(fixed.done.length, 'finding')} put right in ${many(fixed.files.length, 'file')}.`);
    await io.out('\n');
  }
  const texts = new Map(fixed.files.map(({ path, text }) => [path, text]));
  return files.map((file) => ({ ...file, text: texts.get(file.path) ?? file.text }));
}

function doneLine({ rule, range, fix: made }: Diagnostic): string {
  const place = range ? `${range.file}:${range.start.line}` : '';
  return `${place} ${made?.title} (${rule})`.trim();
}

function doneJson({ code, rule, range, fix: made }: Diagnostic): Record<string, unknown> {
  return { type: 'fixed', code, rule, ...(range && { file: range.file, line: range.start.line }), title: made?.title };
}
