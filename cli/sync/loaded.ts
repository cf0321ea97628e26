import { UserError } from '../../engine/user-error.ts';
import { loadProject } from '../../spec/load.ts';
import { t } from '../../spec/words/t.ts';
import type { Loaded } from '../load.ts';
import type { Syncing } from './round.ts';

/** Returns the project as of a commit. Throws UserError for one that has errors, with the first of them. */
export async function loadedAt(commit: string, { root, mirror, environment }: Syncing): Promise<Loaded> {
  const files = await mirror.files(commit);
  const { model, origins, contents, diagnostics } = loadProject(files, environment);
  if (model) return { root, model, origins, contents, files, ...(environment !== undefined && { environment }) };
  const [first] = diagnostics.filter(({ severity }) => severity === 'error');
  const place = first?.range;
  const where = place ? `${place.file}:${place.start.line}:${place.start.column}: ` : '';
  throw new UserError('project-invalid', t`The files have errors: ${`${where}${first?.message ?? ''}`}`);
}
