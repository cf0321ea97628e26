import { drift as compare } from '../../engine/plan/drift.ts';
import { surfaceOfProject } from '../../spec/document-files.ts';
import { exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { load, type ProjectOptions } from '../load.ts';
import { storePath, withExistingStore } from '../store.ts';
import { driftJson, renderDrift } from '../views/drift.ts';

/** Shows in what the store differs from the files of the project, and what was changed there by hand. */
export async function drift(io: Io, options: ProjectOptions): Promise<number> {
  const project = await load(io, options);
  const path = await storePath(io, project.root, options);
  const written = { ...project, surface: surfaceOfProject(project.files) };
  const found = await withExistingStore(io, path, { who: 'crm drift' }, (db) => compare(db, written));
  await io.out(options.json ? `${JSON.stringify(driftJson(found))}\n` : renderDrift(found, project.model, io.view));
  return found.differences > 0 ? exit.changes : exit.fine;
}
