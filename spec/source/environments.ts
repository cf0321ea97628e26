import type { SourceFile } from '../diagnostic.ts';
import { t } from '../text/t.ts';
import type { CrmFile } from './document.generated.ts';
import type { Loose } from './loose.ts';
import { nameHelp } from './names.ts';
import { Place } from './place.ts';
import { environmentOf } from './project-files.ts';
import type { Report } from './report.ts';
import { checkStructure } from './structure.ts';
import { readYaml } from './yaml.ts';

type Environment = Pick<CrmFile, 'variables'>;

/** The contents of a file about an environment; nothing, where it cannot be read. */
export interface WrittenEnvironment {
  name: string;
  value: Loose<Environment>;
  place: Place;
}

/** All environments, the chosen one or not, in the order of their names. */
export function readEnvironments(files: SourceFile[], report: Report): WrittenEnvironment[] {
  const found = files.flatMap((file): WrittenEnvironment[] => {
    const name = environmentOf(file.path);
    if (name === undefined) return [];
    const { file: tree, diagnostics } = readYaml(file);
    report.diagnostics.push(...diagnostics);
    if (!tree) return [];
    const place = new Place(tree);
    const value = checkStructure('environment', tree.value ?? {}, place, report) as Loose<Environment> | undefined;
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
