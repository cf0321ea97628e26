import sql from 'sql-template-tag';
import { everyWritten } from '../../spec/constructs/steps/index.ts';
import { writtenModel } from '../../spec/constructs/written.ts';
import type { Surface } from '../../spec/convert.ts';
import type { SourceFile } from '../../spec/diagnostics/diagnostic.ts';
import type { CrmFile } from '../../spec/document/document.generated.ts';
import { withIds } from '../../spec/document/identified.ts';
import { runningPart, surfaceOfProject } from '../../spec/document-files.ts';
import { loadProject } from '../../spec/load.ts';
import type { Campaign } from '../../spec/model/campaign.ts';
import type { Model } from '../../spec/model/model.ts';
import { compile } from '../compile/compile.ts';
import type { CompiledCampaign, Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';

/** A Program beside the document that it was compiled from. */
export interface Documented {
  program: Program;
  model: Model;
  /** The resources as a person would write them; every step has its id in the Program as its first key. */
  tree: CrmFile;
  /** The notation in which the project is written. */
  surface: Surface;
}

/**
 * `program`: the Model's, whose derived ids may be those of an earlier deployment. `compiled`: the Model's as it is compiled, which takes a while.
 */
export function documented(model: Model, program: Program, surface: Surface, compiled = compile(model)): Documented {
  const running = runningPart(model);
  const own = new Map(compiled.campaigns.map((campaign) => [campaign.name, campaign]));
  const kept = new Map(program.campaigns.map((campaign) => [campaign.name, campaign]));
  const tree = writtenModel(running);
  const campaigns = running.campaigns.map((campaign): [string, unknown] => {
    const { name } = campaign;
    const ids = stepIds(campaign, own.get(name), kept.get(name));
    return [name, withIds('campaign', tree.campaigns?.[name], () => ids.next().value ?? '')];
  });
  return {
    program,
    model: running,
    surface,
    tree: campaigns.length > 0 ? { ...tree, campaigns: Object.fromEntries(campaigns) as CrmFile['campaigns'] } : tree,
  };
}

/** Returns the ids of a campaign's steps in the order of the file, as the Program has them. Compiled rows keep their order when ids do. */
function* stepIds(
  { steps }: Campaign,
  own: CompiledCampaign | undefined,
  kept: CompiledCampaign | undefined,
): Generator<string, undefined> {
  const ids = new Map(own?.steps.map(({ id }, i) => [id, kept?.steps[i]?.id ?? id]));
  for (const { id } of everyWritten(steps)) yield ids.get(id) ?? id;
  return undefined;
}

/** Reads the document of a Program; undefined where this version cannot. */
export function readDocument(files: SourceFile[], program: Program): Documented | undefined {
  const { model } = loadProject(files);
  return model && documented(model, program, surfaceOfProject(files));
}

/** Returns the document of the deployment that is applied; undefined where an earlier version has applied it, which kept none. */
export async function deployedDocument(db: Database): Promise<SourceFile[] | undefined> {
  const [row] = await db.query<{ document: string | null }>(
    sql`SELECT document FROM deployment ORDER BY serial DESC LIMIT 1`,
  );
  return row?.document ? (JSON.parse(row.document) as SourceFile[]) : undefined;
}

/** Returns what is applied with its document; undefined where there is none, or this version cannot read it. */
export async function deployedModel(db: Database, program: Program): Promise<Model | undefined> {
  const files = await deployedDocument(db);
  return files && readDocument(files, program)?.model;
}

/** Returns the documents that versions of campaigns were applied with, by version: of each the newest. */
export async function documentsOfVersions(
  db: Database,
  versions: readonly string[],
): Promise<ReadonlyMap<string, Documented>> {
  const bySerial = new Map<number, Documented | undefined>();
  const found = new Map<string, Documented>();
  for (const version of new Set(versions)) {
    const [row] = await db.query<{ serial: number; document: string; program: string }>(sql`
      SELECT serial, document, program FROM deployment
      WHERE document IS NOT NULL AND strpos(program, ${`"hash":"${version}"`}) > 0 ORDER BY serial DESC LIMIT 1`);
    if (!row) continue;
    const { serial, document, program } = row;
    if (!bySerial.has(serial))
      bySerial.set(serial, readDocument(JSON.parse(document) as SourceFile[], JSON.parse(program) as Program));
    const read = bySerial.get(serial);
    if (read) found.set(version, read);
  }
  return found;
}
