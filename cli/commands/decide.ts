import { join } from 'node:path';
import { currentDeployment } from '../../engine/deploy/apply.ts';
import { nothingApplied } from '../../engine/deploy/runnable.ts';
import { decisions, type Standing } from '../../engine/inspect/decisions.ts';
import type { SourceFile } from '../../spec/diagnostics/diagnostic.ts';
import { loadProject } from '../../spec/load.ts';
import { type ChangedLine, withWinner } from '../../spec/winner.ts';
import { exit } from '../exit.ts';
import { findCampaign } from '../find-campaign.ts';
import type { Io } from '../io.ts';
import { type Loaded, load, type ProjectOptions } from '../load.ts';
import { storePath, withExistingStore } from '../store.ts';
import { decisionsText } from '../views/decisions.ts';
import { writeWhole } from '../write.ts';

export interface DecideOptions extends ProjectOptions {
  /** Writes the changes into the files. */
  write?: boolean;
}

/** A decision with the change of its file, where there is a winner. */
export interface Proposed extends Standing {
  change?: ChangedLine;
}

/** Shows which arms and variants have won, and the change of the files by which each takes all customers. Applies nothing. */
export async function decide(io: Io, campaign: string | undefined, options: DecideOptions): Promise<number> {
  const loaded = await load(io, options);
  if (campaign !== undefined) findCampaign(loaded.model.campaigns, campaign, 'this project');
  const path = await storePath(io, loaded.root, options);
  const standings = await withExistingStore(io, path, { who: 'crm decide' }, async (db) => {
    const applied = await currentDeployment(db);
    if (!applied) throw nothingApplied();
    return decisions(db, loaded.model, applied.program, io.now() + 1, campaign);
  });
  const { proposed, files } = propose(loaded, standings);
  if (options.write) for (const { path: file, text } of files) await writeWhole(join(loaded.root, file), text);
  const written = options.write === true;
  await io.out(
    options.json
      ? `${JSON.stringify({ format: 1, type: 'decide', decisions: proposed.map(flat), written })}\n`
      : decisionsText(proposed, written, loaded.model.project, io.view),
  );
  return exit.fine;
}

/** Puts each winner into its file, one after the other. Returns the files that change. */
function propose(
  { model, contents, files, environment }: Loaded,
  standings: Standing[],
): { proposed: Proposed[]; files: SourceFile[] } {
  let current: { files: SourceFile[]; model?: Loaded['model']; contents: Loaded['contents'] } = {
    files,
    model,
    contents,
  };
  const changed = new Map<string, SourceFile>();
  const proposed = standings.map((standing): Proposed => {
    const { campaign, step, decided } = standing;
    if (decided.verdict !== 'winner') return standing;
    const made = withWinner(current, campaign, step, decided.arm);
    if (!made) return standing;
    const next = current.files.map((file) => (file.path === made.file.path ? made.file : file));
    current = { files: next, ...loadProject(next, environment) };
    if (!current.model) throw new Error(`${made.file.path} could not be read with the winner of ${campaign}.${step}`);
    changed.set(made.file.path, made.file);
    return { ...standing, change: made.changed };
  });
  return { proposed, files: [...changed.values()] };
}

function flat({ decided, ...standing }: Proposed) {
  return { ...standing, ...decided };
}
