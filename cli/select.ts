import { relative, resolve, sep } from 'node:path';
import { UserError } from '../engine/user-error.ts';
import type { SourceFile } from '../spec/diagnostics/diagnostic.ts';
import { isResourceFile } from '../spec/document/project-files.ts';
import { t } from '../spec/words/t.ts';

/** Returns the files of resources at `paths` or under them, relative to `cwd`; all of them without a path. */
export function selectFiles(files: SourceFile[], paths: string[], root: string, cwd: string): SourceFile[] {
  const ours = files.filter(({ path }) => isResourceFile(path));
  if (paths.length === 0) return ours;
  const wanted = paths.map((path) => {
    const inProject = relative(root, resolve(cwd, path)).replaceAll(sep, '/');
    const found = ours.filter(
      (file) => inProject === '' || file.path === inProject || file.path.startsWith(`${inProject}/`),
    );
    if (found.length > 0) return found;
    throw new UserError(
      'unknown-name',
      t`${path} is no file or folder with resources of this project.`,
      t`Name crm.yaml, a *.crm.yaml or *.crm file, or a folder of them.`,
    );
  });
  return [...new Set(wanted.flat())];
}
