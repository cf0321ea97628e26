import sql, { raw } from 'sql-template-tag';
import { canonical, hash, programHash } from '../program/hash.ts';
import type { CompiledCampaign, Program } from '../program/program.ts';
import { versionOf } from '../program/version.ts';
import type { Database, Row, Value } from '../store/database.ts';
import { enrolmentStatus } from '../store/outcome-sql.ts';
import { stepRows } from './step-rows.ts';

/** Something that was edited in the store by another program than Kaskad: it is not what was applied. */
export type Edited =
  /** The stored Program of the applied deployment has another hash than it was applied with. */
  | { what: 'program'; serial: number }
  /** The stored definition of a version of a campaign that runs. */
  | { what: 'definition'; campaign: string; version: string }
  /** The rows by which ticks move customers differ from the definition. `steps`: the ids of the steps. */
  | { what: 'steps'; campaign: string; version: string; steps: string[] };

/** Returns what was edited in the store of the applied deployment, and of the versions that are applied or have customers inside. */
export async function editedInStore(db: Database): Promise<Edited[]> {
  const [applied] = await db.query<{ serial: number; hash: string; program: string }>(
    sql`SELECT serial, hash, program FROM deployment ORDER BY serial DESC LIMIT 1`,
  );
  if (!applied) return [];
  const versions = await db.query<Version>(sql`
    SELECT campaign, version, definition, is_current FROM campaign
    WHERE is_current OR EXISTS (SELECT 1 FROM enrolment e WHERE e.campaign = campaign.campaign
      AND e.version = campaign.version AND e.status = ${enrolmentStatus.active})
    ORDER BY campaign, version`);
  const found: Edited[] = isWhole(applied) ? [] : [{ what: 'program', serial: applied.serial }];
  for (const version of versions) {
    const edited = await editedIn(db, version);
    if (edited) found.push(edited);
  }
  return found;
}

interface Version {
  campaign: string;
  version: string;
  definition: string;
  is_current: boolean;
  [column: string]: Value;
}

function isWhole({ hash: applied, program }: { hash: string; program: string }): boolean {
  const { hash: own, ...body } = (parsed(program) ?? {}) as Partial<Program>;
  // An earlier Kaskad hashed the channels whole.
  return own === applied && (hash(body) === applied || isHashed(body, applied));
}

function isHashed(body: Partial<Program>, applied: string): boolean {
  const { project, channels } = body;
  if (typeof project !== 'object' || !Array.isArray(channels)) return false;
  return (
    channels.every(({ hash: own, ...channel }) => hash(channel) === own) && programHash(body as Program) === applied
  );
}

async function editedIn(db: Database, version: Version): Promise<Edited | undefined> {
  const { campaign, version: hashed, definition, is_current: current } = version;
  const compiled = parsed(definition) as CompiledCampaign | undefined;
  if (!compiled || (versionOf(compiled) !== hashed && !(await wasApplied(db, definition))))
    return { what: 'definition', campaign, version: hashed };
  // An earlier Kaskad may have written the rows of earlier versions otherwise.
  const steps = current ? await editedSteps(db, compiled) : [];
  return steps.length === 0 ? undefined : { what: 'steps', campaign, version: hashed, steps };
}

/** Returns true if a deployment has this definition: that of an earlier Kaskad has its version by another rule. */
async function wasApplied(db: Database, definition: string): Promise<boolean> {
  const found = await db.query(sql`SELECT 1 AS found FROM deployment WHERE strpos(program, ${definition}) > 0 LIMIT 1`);
  return found.length > 0;
}

/** Returns the ids of the steps whose rows differ from those that the definition gives, with their arms and fallbacks. */
async function editedSteps(db: Database, campaign: CompiledCampaign): Promise<string[]> {
  const mine = sql`campaign = ${campaign.name}::text AND version = ${campaign.hash}::text`;
  const steps = await db.query<Row>(sql`SELECT * FROM step WHERE ${mine} ORDER BY step`);
  const rowsOf = (table: string, order: string) =>
    db.query<Row>(
      sql`SELECT * FROM ${raw(table)} WHERE step IN (SELECT step FROM step WHERE ${mine}) ORDER BY step, ${raw(order)}`,
    );
  const wanted = stepRows(campaign, Number(steps[0]?.step ?? 1));
  const ids = new Map([...wanted.steps, ...steps].map(({ step, id }) => [step, String(id)]));
  const differing = [
    ...differences(wanted.steps, steps, ({ step }) => String(step)),
    ...differences(wanted.arms, await rowsOf('arm', 'arm'), ({ step, arm }) => `${step}/${arm}`),
    ...differences(wanted.fallbacks, await rowsOf('fallback', 'depth'), ({ step, depth }) => `${step}/${depth}`),
  ];
  return [...new Set(differing.map((step) => ids.get(step) ?? ''))];
}

/** Returns the steps of the rows that are not the same on both sides. */
function differences(wanted: Row[], stored: Row[], key: (row: Row) => string): Value[] {
  const there = new Map(stored.map((row) => [key(row), row]));
  const here = new Map(wanted.map((row) => [key(row), row]));
  const changed = wanted.filter((row) => !equal(row, there.get(key(row))));
  const added = stored.filter((row) => !here.has(key(row)));
  return [...changed, ...added].map(({ step }) => step ?? null);
}

/** A column that an earlier Kaskad did not have is empty, which means the same as false. */
function equal(wanted: Row, stored: Row | undefined): boolean {
  if (!stored) return false;
  const columns = new Set([...Object.keys(wanted), ...Object.keys(stored)]);
  return [...columns].every((name) => canonical(wanted[name] || null) === canonical(stored[name] || null));
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
