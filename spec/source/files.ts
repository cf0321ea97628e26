import type { SourceFile } from '../diagnostic.ts';
import type { CrmFile } from './document.generated.ts';
import type { Loose } from './loose.ts';
import { intended } from './names.ts';
import { Place } from './place.ts';
import type { Report } from './report.ts';
import { fileDefinition } from './schema.ts';
import { checkStructure } from './structure.ts';
import { readYaml, type YamlFile } from './yaml.ts';

/** The file of the project itself. */
export const projectFile = 'crm.yaml';

export interface StructuredFile {
  value: Loose<CrmFile>;
  place: Place;
}

export interface ReadFiles {
  structured: StructuredFile[];
  /** Files whose YAML is broken: what they declare is not known. */
  unreadable: SourceFile[];
}

/** Reads all YAML files among `files`, in the order of their paths, whatever order they come in. */
export function readFiles(files: SourceFile[], report: Report): ReadFiles {
  const ours = files.filter(({ path }) => path === projectFile || path.endsWith('.crm.yaml'));
  const result: ReadFiles = { structured: [], unreadable: [] };
  for (const file of ours.sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const { file: yaml, diagnostics } = readYaml(file);
    report.diagnostics.push(...diagnostics);
    if (!yaml) {
      result.unreadable.push(file);
      continue;
    }
    if (yaml.value === null && file.path !== projectFile) continue;
    const place = new Place(yaml);
    checkProject(yaml, place, report);
    const written = checkStructure(fileDefinition, yaml.value ?? {}, place, report) as Loose<CrmFile> | undefined;
    if (!written) {
      result.unreadable.push(file);
      continue;
    }
    result.structured.push({ value: written, place });
  }
  if (!ours.some(({ path }) => path === projectFile)) {
    report.diagnostics.push({
      code: 'CRM1006',
      severity: 'error',
      message: 'There is no crm.yaml in this folder',
      help: 'Go to the folder of your project, or make a new project with `crm init`.',
    });
  }
  return result;
}

function checkProject({ path, value }: YamlFile, place: Place, report: Report): void {
  const sections = value ?? {};
  if (typeof sections !== 'object' || Array.isArray(sections)) return;
  if (
    path === projectFile &&
    !('project' in sections) &&
    !Object.keys(sections).some((key) => intended(key, ['project']))
  ) {
    report.error('CRM1011', place.key, 'crm.yaml needs the key `project`', 'With name, timezone, locale and currency.');
  }
  if (path !== projectFile && 'project' in sections) {
    const key = place.at('project').key;
    report.error('CRM1007', key, 'The project is described in crm.yaml only', 'Move this section there.');
    delete sections.project;
  }
}
