import type { SourceFile } from './diagnostics/diagnostic.ts';
import type { Report } from './diagnostics/report.ts';
import { Place } from './document/place.ts';
import { environmentOf } from './document/project-files.ts';
import { checkStructure } from './document/structure.ts';
import type { WrittenEnvironment } from './document/variables.ts';
import { nameHelp } from './words/names.ts';
import { t } from './words/t.ts';
import { readYaml } from './yaml/yaml.ts';

/** Returns all environments in the order of their names, also those that are not chosen. */
export function readEnvironments(files: SourceFile[], report: Report): WrittenEnvironment[] {
  const found = files.flatMap((file): WrittenEnvironment[] => {
    const name = environmentOf(file.path);
    if (name === undefined) return [];
    const { file: tree, diagnostics } = readYaml(file);
    report.diagnostics.push(...diagnostics);
    if (!tree) return [];
    const place = new Place(tree);
    const value = checkStructure('environment', tree.value ?? {}, place, report) as
      | WrittenEnvironment['value']
      | undefined;
    return [{ name, value: value ?? {}, place }];
  });
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Reports an environment that is asked for and does not exist. */
export function checkEnvironment(name: string | undefined, files: SourceFile[], report: Report): void {
  const names = files.flatMap(({ path }) => environmentOf(path) ?? []).sort();
  if (name === undefined || names.includes(name)) return;
  const help =
    names.length === 0 ? t`Create the file environments/${name}.yaml.` : nameHelp(name, names, 'environments');
  const message = t`There is no ${'environment'} \`${name}\``;
  report.diagnostics.push({ code: 'CRM4062', severity: 'error', message, help });
}
