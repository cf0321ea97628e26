import type { Surface } from '../../spec/convert.ts';
import type { Model, Origins } from '../../spec/model/model.ts';
import { compile } from '../compile/compile.ts';
import { currentDeployment } from '../deploy/apply.ts';
import { keepIds } from '../deploy/keep-ids.ts';
import { runnable } from '../deploy/runnable.ts';
import { deployedDocument, documented, readDocument } from '../document/document.ts';
import type { Database } from '../store/database.ts';
import { type ByHand, byHand } from './by-hand.ts';
import type { Change } from './change.ts';
import { compareDeployments } from './diff.ts';
import { placed } from './plan.ts';

/** The differences between what runs in a store and what the files say. Instants are epoch milliseconds. */
export interface Drift extends ByHand {
  deployment: { serial: number; hash: string; appliedAt: number };
  /** The changes that an apply of the files would make. */
  changes: Change[];
  /** The number of all these. */
  differences: number;
}

/** The project as its files say. */
export interface Written {
  model: Model;
  surface: Surface;
  origins: Origins;
}

/** Compares what runs with a project. Throws UserError where nothing is applied, or by another version of Kaskad. */
export async function drift(db: Database, { model, surface, origins }: Written): Promise<Drift> {
  const { program, serial, hash, appliedAt } = runnable(await currentDeployment(db));
  const document = await deployedDocument(db);
  const applied = { program, document: document && readDocument(document, program) };
  const found = {
    deployment: { serial, hash, appliedAt },
    changes: placed(compareDeployments(documented(model, keepIds(compile(model), program), surface), applied), origins),
    ...(await byHand(db)),
  };
  const { changes, pauses, launches, edited } = found;
  return { ...found, differences: changes.length + pauses.length + launches.length + edited.length };
}
