/** The file of the project itself, in YAML or in the DSL. */
export const projectFile = 'crm.yaml';
export const projectFileDsl = 'project.crm';

/** Returns true if a file holds resources, rather than templates or data. */
export function isResourceFile(path: string): boolean {
  return path === projectFile || path.endsWith('.crm.yaml') || path.endsWith('.crm');
}

/** The name of the environment that a file describes: `environments/<name>.yaml`. */
export function environmentOf(path: string): string | undefined {
  return /^environments\/([^/]+)\.yaml$/.exec(path)?.[1];
}
