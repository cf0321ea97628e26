import { join } from 'node:path';
import { formatFile } from '../../spec/format.ts';
import { many } from '../../spec/words/many.ts';
import { t } from '../../spec/words/t.ts';
import { exit } from '../exit.ts';
import { Faulty } from '../faulty.ts';
import type { Io } from '../io.ts';
import type { ProjectOptions } from '../load.ts';
import { findRoot, readProject } from '../project.ts';
import { remark } from '../say.ts';
import { selectFiles } from '../select.ts';
import { writeWhole } from '../write.ts';

export interface FmtOptions extends ProjectOptions {
  check?: boolean;
}

/** Formats files into their canonical form; with `--check`, only lists those that are not in it. */
export async function fmt(io: Io, paths: string[], options: FmtOptions): Promise<number> {
  const root = await findRoot(io.cwd, options.project);
  const files = await readProject(root);
  const selected = selectFiles(files, paths, root, io.cwd);
  const formatted = selected.map((file) => ({ file, result: formatFile(file) }));
  const changed = formatted.filter(({ file, result }) => result.text !== undefined && result.text !== file.text);
  for (const { file, result } of changed) {
    if (!options.check && result.text !== undefined) await writeWhole(join(root, file.path), result.text);
    await io.out(options.json ? `${JSON.stringify({ type: 'formatted', file: file.path })}\n` : `${file.path}\n`);
  }
  // Files that can be parsed are formatted even if others have errors.
  const faults = formatted.flatMap(({ result }) => result.diagnostics ?? []);
  if (faults.length > 0) throw new Faulty(faults, files);
  if (!options.json) remark(io, summary(changed.length, selected.length, options.check === true));
  return options.check && changed.length > 0 ? exit.error : exit.fine;
}

function summary(changed: number, all: number, check: boolean): string {
  if (changed === 0) {
    return all === 1 ? t`The file is in the canonical form.` : t`All ${all} files are in the canonical form.`;
  }
  return check
    ? t`${changed} of ${many(all, 'file')} would change; run \`crm fmt\`.`
    : t`${changed} of ${many(all, 'file')} changed.`;
}
