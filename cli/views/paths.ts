import { isAbsolute, relative, resolve, sep } from 'node:path';

/**
 * Returns a function that gives the path of a project's file relative to `base`, with forward slashes: `shop/crm.yaml`. If the
 * project is not below `base`, the path is relative to the project.
 */
export function pathsFrom(base: string, root: string): (path: string) => string {
  const folder = relative(resolve(base), root);
  const outside = folder === '..' || folder.startsWith(`..${sep}`) || isAbsolute(folder);
  const prefix = outside || folder === '' ? '' : `${folder.replaceAll(sep, '/')}/`;
  return (path) => prefix + path;
}
