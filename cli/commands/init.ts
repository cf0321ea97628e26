import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { UserError } from '../../engine/user-error.ts';
import { exit } from '../exit.ts';
import { projectFiles } from '../init/project.ts';
import { sampleFiles } from '../init/sample.ts';
import type { Io } from '../io.ts';

/** Writes a small working project into a folder, all of it or nothing. */
export async function init(io: Io, folder: string): Promise<number> {
  const root = resolve(io.cwd, folder);
  const files = { ...projectFiles, ...sampleFiles() };
  const present = await Promise.all(Object.keys(files).map((path) => exists(join(root, path))));
  const taken = Object.keys(files).filter((_, i) => present[i]);
  if (taken.length > 0)
    throw new UserError(
      `${root} holds ${taken.join(', ')} already; nothing was written.`,
      'Choose another folder: `crm init <folder>`.',
    );
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text, { flag: 'wx' });
  }
  const way = relative(io.cwd, root);
  await io.out(
    [
      `A project with one campaign and twenty sample customers is in ${way || 'this folder'}.`,
      'Next:',
      ...(way ? [`  cd ${way}`] : []),
      '  crm validate           checks the files',
      '  crm plan               shows what would happen',
      '  crm simulate           lives through 30 days with the sample customers',
      '  crm apply, crm run     make it so',
      '',
    ].join('\n'),
  );
  return exit.fine;
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
