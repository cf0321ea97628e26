import type { SourceFile } from './diagnostics/diagnostic.ts';
import { createReport, type Report } from './diagnostics/report.ts';
import { isTemporary, type WrittenEnvironment } from './document/environment.ts';
import type { ParsedFile } from './document/parsed-file.ts';
import { Place } from './document/place.ts';
import { environmentOf } from './document/project-files.ts';
import { checkStructure } from './document/structure.ts';
import type { Variables } from './document/variables.ts';
import { nameHelp } from './words/names.ts';
import { t } from './words/t.ts';
import { readYaml } from './yaml/yaml.ts';

/** The file of an environment, read but not checked. */
export interface EnvironmentTree {
  name: string;
  tree: ParsedFile;
}

/** Returns the trees of all environments in the order of their names, also of those that are not chosen. */
export function readEnvironments(files: SourceFile[], report: Report): EnvironmentTree[] {
  const found = files.flatMap((file): EnvironmentTree[] => {
    const name = environmentOf(file.path);
    if (name === undefined) return [];
    const { file: tree, diagnostics } = readYaml(file);
    report.diagnostics.push(...diagnostics);
    return tree ? [{ name, tree }] : [];
  });
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Checks an environment against the schema. `variables`: as it changes them. */
export function checkedEnvironment(
  { name, tree }: EnvironmentTree,
  report: Report,
  variables: Variables,
): WrittenEnvironment {
  const place = new Place(tree);
  const value = checkStructure('environment', tree.value ?? {}, place, report, variables) as
    | WrittenEnvironment['value']
    | undefined;
  return { name, value: value ?? {}, place };
}

/**
 * Returns the environment that is asked for: the one of this name, or the temporary one whose name and a hyphen it begins with.
 * Undefined where none is asked for, or there is none.
 */
export function findEnvironment<T extends { name: string }>(
  name: string | undefined,
  environments: readonly T[],
  contents: (one: T) => unknown,
): T | undefined {
  const own = environments.find((one) => one.name === name);
  if (own || name === undefined || !/^[\w.-]+$/.test(name)) return own;
  return environments
    .filter((one) => name.startsWith(`${one.name}-`) && isTemporary(contents(one)))
    .sort((a, b) => b.name.length - a.name.length)[0];
}

/** Reports an environment that is asked for and does not exist. */
export function checkEnvironment(
  name: string | undefined,
  environments: EnvironmentTree[],
  files: SourceFile[],
  report: Report,
): void {
  if (name === undefined || findEnvironment(name, environments, ({ tree }) => tree.value)) return;
  const names = files.flatMap(({ path }) => environmentOf(path) ?? []).sort();
  if (names.includes(name)) return;
  report.diagnostics.push({
    code: 'CRM4062',
    severity: 'error',
    message: t`There is no ${'environment'} \`${name}\``,
    help: unknownEnvironmentHelp(name, names),
  });
}

/** `names`: of all environments. */
export function unknownEnvironmentHelp(name: string, names: string[]): string {
  return names.length === 0 ? t`Create the file environments/${name}.yaml.` : nameHelp(name, names, 'environments');
}

/** Returns true if files have the environment that is asked for. */
export function hasEnvironment(files: SourceFile[], name: string): boolean {
  return findEnvironment(name, readEnvironments(files, createReport()), ({ tree }) => tree.value) !== undefined;
}
