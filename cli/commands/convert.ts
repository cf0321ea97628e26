import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { canonical } from '../../engine/program/hash.ts';
import { UserError } from '../../engine/user-error.ts';
import { convertFile, type Surface, surfaceOf } from '../../spec/convert.ts';
import type { SourceFile } from '../../spec/diagnostics/diagnostic.ts';
import { loadProject } from '../../spec/load.ts';
import { t } from '../../spec/words/t.ts';
import { exit } from '../exit.ts';
import { Faulty } from '../faulty.ts';
import type { Io } from '../io.ts';
import { environmentOf, load, type ProjectOptions } from '../load.ts';
import { selectFiles } from '../select.ts';
import { writeWhole } from '../write.ts';

export interface ConvertOptions extends ProjectOptions {
  to: Surface;
  all?: boolean;
  stdout?: boolean;
}

/** Converts files to the other surface. Deletes the old files only if the project with the new ones has the same meaning. */
export async function convert(io: Io, path: string | undefined, options: ConvertOptions): Promise<number> {
  const { root, files, model } = await load(io, options);
  const selected = chooseFiles(files, path, root, io.cwd, options);
  const pairs = selected.map((old) => ({ old, made: convertSource(old, files) }));
  if (options.stdout) {
    for (const { made } of pairs) await io.out(made.text);
    return exit.fine;
  }
  const taken = pairs.find(({ made }) => files.some((file) => file.path === made.path));
  if (taken)
    throw new UserError('file-exists', t`${taken.made.path} exists already.`, t`Move it away, or print with --stdout.`);
  const gone = new Set(selected.map((file) => file.path));
  const after = [...files.filter((file) => !gone.has(file.path)), ...pairs.map(({ made }) => made)];
  const read = loadProject(after, environmentOf(io, options));
  if (!read.model || canonical(read.model) !== canonical(model)) {
    throw new Error('the converted files would mean something else; nothing was changed');
  }
  for (const { old, made } of pairs) {
    await writeWhole(join(root, made.path), made.text);
    await rm(join(root, old.path));
    const facts = { type: 'converted', from: old.path, to: made.path };
    await io.out(options.json ? `${JSON.stringify(facts)}\n` : `${old.path} → ${made.path}\n`);
  }
  return exit.fine;
}

function chooseFiles(
  files: SourceFile[],
  path: string | undefined,
  root: string,
  cwd: string,
  { to, all }: ConvertOptions,
): SourceFile[] {
  if ((path === undefined) === (all !== true)) {
    throw new UserError(
      'wrong-call',
      t`Say which file to convert, or --all; not both.`,
      t`For example \`crm convert --all --to ${to}\`.`,
    );
  }
  const selected = selectFiles(files, path === undefined ? [] : [path], root, cwd);
  const others = selected.filter((file) => surfaceOf(file.path) !== to);
  if (others.length > 0) return others;
  if (path === undefined) {
    throw new UserError(
      'nothing-to-do',
      to === 'dsl' ? t`All files are in the DSL already.` : t`All files are in YAML already.`,
    );
  }
  throw new UserError(
    'nothing-to-do',
    to === 'dsl' ? t`${path} is in the DSL already.` : t`${path} is in YAML already.`,
  );
}

function convertSource(file: SourceFile, files: SourceFile[]): SourceFile {
  const result = convertFile(file);
  if (!result.file) throw new Faulty(result.diagnostics, files);
  return result.file;
}
