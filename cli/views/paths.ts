import { isAbsolute, relative, resolve, sep } from 'node:path';

/**
 * Returns the names of files of a project as seen from `base`, with forward slashes: `shop/crm.yaml`. Where the project does not lie
 * under `base`, as they are called in the project.
 */
export function pathsFrom(base: string, root: string): (path: string) => string {
  const folder = relative(resolve(base), root);
  const outside = folder === '..' || folder.startsWith(`..${sep}`) || isAbsolute(folder);
  const prefix = outside || folder === '' ? '' : `${folder.replaceAll(sep, '/')}/`;
  return (path) => prefix + path;
}
