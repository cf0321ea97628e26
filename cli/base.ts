import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { PlanInput } from '../engine/plan/create-plan.ts';
import { UserError } from '../engine/user-error.ts';
import type { SourceFile } from '../spec/diagnostics/diagnostic.ts';
import { projectFile, projectFileDsl } from '../spec/document/project-files.ts';
import { surfaceOfProject } from '../spec/document-files.ts';
import { hasEnvironment } from '../spec/environments.ts';
import { loadProject } from '../spec/load.ts';
import { t } from '../spec/words/t.ts';
import { treeAt } from './git-tree.ts';
import type { Io } from './io.ts';
import type { Loaded } from './load.ts';
import { partsIn, partsOf, readProject, withoutMark } from './project.ts';
import { remark } from './say.ts';

type Against = NonNullable<PlanInput['against']>;

/**
 * Reads the project with which `--base` compares the one in `root`: a folder, if the word begins as a path, else a commit, which may
 * have no project yet. Throws UserError for a project that has errors.
 */
export async function readBase(io: Io, { root, files: present, environment }: Loaded, base: string): Promise<Against> {
  const { files: found, ...against } = await filesOf(io, root, base);
  const files = withLineEnds(found, present);
  if (!files.some(({ path }) => path === projectFile || path === projectFileDsl)) {
    if (against.kind === 'commit') return { ...against, empty: true };
    throw new UserError(
      'project-missing',
      t`There is no crm.yaml in ${resolve(io.cwd, base)}.`,
      t`Name the folder that holds it, or a commit: --base main`,
    );
  }
  const known = environment !== undefined && hasEnvironment(files, environment);
  if (environment !== undefined && !known)
    remark(io, t`${base} has no environment \`${environment}\`: there its variables have their own values.`);
  const { model, diagnostics } = loadProject(files, known ? environment : undefined);
  if (model) return { ...against, model, surface: surfaceOfProject(files) };
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  const place = first?.range;
  const at = place ? `${place.file}:${place.start.line}:${place.start.column}: ` : '';
  throw new UserError(
    'project-invalid',
    t`The project as of ${base} has errors, so nothing can be compared with it: ${`${at}${first?.message ?? ''}`}`,
    t`Choose a base without errors, as --base ${base}~1 or a folder, or correct that one.`,
  );
}

type Files = Against & { files: SourceFile[] };

async function filesOf(io: Io, root: string, base: string): Promise<Files> {
  if (!/^(\.{0,2}\/|\.{1,2}$)/.test(base)) return filesAt(root, base);
  const folder = resolve(io.cwd, base);
  if (await isFolder(folder)) return { kind: 'folder', name: base, files: await readProject(folder) };
  throw new UserError(
    'project-missing',
    t`There is no folder ${folder}.`,
    t`Name the folder that holds it, or a commit: --base main`,
  );
}

async function filesAt(root: string, ref: string): Promise<Files> {
  const { commit, ahead, paths, submodules, read } = await treeAt(root, ref);
  const apart = submodules.find((module) => partsIn(root, module));
  if (apart !== undefined)
    throw new UserError(
      'unsuitable-file',
      t`${apart} is a submodule: its files as of ${ref} are in another repository.`,
      t`Check the base out into a folder of its own, with its submodules, and name that: --base ../before`,
    );
  const parts = partsOf(paths);
  const texts = await read(parts);
  const files = parts.map((path, i) => ({ path, text: withoutMark(texts[i]?.toString('utf8') ?? '') }));
  return { kind: 'commit', name: ref, commit, files, ...(ahead > 0 && { ahead }) };
}

/**
 * Gives files the line ends that they have in the folder: a checkout may write others than a commit has. Those that are the same are the present ones,
 * which have been parsed already.
 */
function withLineEnds(files: SourceFile[], present: SourceFile[]): SourceFile[] {
  const known = new Map(present.map((file) => [file.path, file]));
  return files.map(({ path, text }) => {
    const own = known.get(path);
    if (!own) return { path, text };
    const lines = text.replaceAll('\r\n', '\n');
    if (own.text === text || lines === own.text.replaceAll('\r\n', '\n')) return own;
    return { path, text: own.text.includes('\r\n') ? lines.replaceAll('\n', '\r\n') : lines };
  });
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}
