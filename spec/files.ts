import type { SourceFile } from './diagnostics/diagnostic.ts';
import type { Report } from './diagnostics/report.ts';
import type { CrmFile } from './document/document.generated.ts';
import type { WrittenEnvironment } from './document/environment.ts';
import type { Loose } from './document/loose.ts';
import type { ParsedFile } from './document/parsed-file.ts';
import { Place } from './document/place.ts';
import { isResourceFile, projectFile, projectFileDsl } from './document/project-files.ts';
import { fileDefinition } from './document/schema.ts';
import { checkStructure } from './document/structure.ts';
import type { StructuredFile } from './document/structured-file.ts';
import { readVariables, type Variables } from './document/variables.ts';
import { type CrmReading, readCrm } from './dsl/read.ts';
import { checkEnvironment, checkedEnvironment, findEnvironment, readEnvironments } from './environments.ts';
import { closestName } from './words/names.ts';
import { t } from './words/t.ts';
import { readYaml } from './yaml/yaml.ts';

export interface ReadFiles {
  structured: StructuredFile[];
  /** Files that are broken: what they declare is not known. */
  unreadable: SourceFile[];
  environments: WrittenEnvironment[];
  /** The environment that is chosen. */
  chosen?: WrittenEnvironment;
  variables: Variables;
}

/**
 * Reads all files of resources among `files`, in the order of their paths, whatever their order in the list. `environment`:
 * the one that is chosen, if any.
 */
export function readFiles(files: SourceFile[], report: Report, environment?: string): ReadFiles {
  const ours = files.filter(({ path }) => isResourceFile(path));
  const environmentTrees = readEnvironments(files, report);
  checkEnvironment(environment, environmentTrees, files, report);
  const structured: StructuredFile[] = [];
  const unreadable: SourceFile[] = [];
  const inDsl = ours.some(({ path }) => path === projectFileDsl);
  const trees = ours.sort((a, b) => (a.path < b.path ? -1 : 1)).map((file) => ({ file, tree: readTree(file, report) }));
  for (const { file, tree } of trees) if (!tree) unreadable.push(file);
  // Variables can replace values anywhere in the files, so they have to be known first.
  const own = trees.flatMap(({ tree }) => tree?.value ?? []);
  const doubtful = (name: string) => report.misnamed.has(name) || unreadable.some(({ text }) => text.includes(name));
  const chosenTree = findEnvironment(environment, environmentTrees, ({ tree }) => tree.value);
  const variables = readVariables(own, chosenTree?.tree.value, doubtful);
  const environments = environmentTrees.map((each) =>
    checkedEnvironment(each, report, readVariables(own, each.tree.value, doubtful)),
  );
  const chosen = environments.find(({ name }) => name === chosenTree?.name);
  for (const { file, tree } of trees) {
    if (!tree || (tree.value === null && file.path !== projectFile)) continue;
    const place = new Place(tree);
    const sections = checkProject(tree, place, inDsl, report);
    const value = checkStructure(fileDefinition, sections, place, report, variables);
    if (value) structured.push({ value: value as Loose<CrmFile>, place });
    else unreadable.push(file);
  }
  if (!inDsl && !ours.some(({ path }) => path === projectFile)) {
    report.diagnostics.push({
      code: 'CRM1006',
      severity: 'error',
      message: t`There is no crm.yaml in this folder`,
      help: t`Go to the folder of your project, or make a new project with \`crm init\`.`,
    });
  }
  return { structured, unreadable, environments, ...(chosen && { chosen }), variables };
}

type Reading = Pick<CrmReading, 'file' | 'diagnostics'> & Partial<Pick<CrmReading, 'skipped'>>;

/** Reads a file into its tree, which is the same for both surfaces. */
function readTree(file: SourceFile, report: Report): ParsedFile | undefined {
  const reading: Reading = file.path.endsWith('.crm') ? readCrm(file) : readYaml(file);
  report.diagnostics.push(...reading.diagnostics);
  for (const word of reading.skipped ?? []) report.misnamed.add(word);
  return reading.file;
}

/** Returns the contents of the file, without the parts that are not allowed. */
function checkProject({ path, value }: ParsedFile, place: Place, inDsl: boolean, report: Report): unknown {
  const sections = value ?? {};
  if (typeof sections !== 'object' || Array.isArray(sections)) return sections;
  const ours = path === projectFileDsl || (path === projectFile && !inDsl);
  if (ours && !('project' in sections) && !Object.keys(sections).some((key) => closestName(key, ['project']))) {
    const message =
      path === projectFile ? t`crm.yaml needs the key \`project\`` : t`${path} needs the statement \`project\``;
    report.error('CRM1011', place.key, message, t`With name, timezone, locale and currency.`);
  }
  if (path === projectFile || path === projectFileDsl || !('project' in sections)) return sections;
  const key = place.at('project').key;
  const where = inDsl ? projectFileDsl : projectFile;
  report.error('CRM1007', key, t`The project is described in ${where} only`, t`Move this section there.`);
  const { project: _, ...rest } = sections;
  return rest;
}
