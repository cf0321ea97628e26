import sql, { empty, join, raw } from 'sql-template-tag';
import { canonical, hash, programHash } from '../program/hash.ts';
import type { CompiledCampaign, Program } from '../program/program.ts';
import { versionOf } from '../program/version.ts';
import type { Database, Row, Value } from '../store/database.ts';
import { enrolmentStatus } from '../store/outcome-sql.ts';
import { wantedColumns } from './install.ts';
import { stepRows } from './step-rows.ts';

/** Something that was edited in the store by another program than Kaskad: it is not what was applied. */
export type Edited =
  /** The stored Program of the applied deployment has another hash than it was applied with. */
  | { what: 'program'; serial: number }
  /** The stored definition of a version of a campaign that runs. */
  | { what: 'definition'; campaign: string; version: string }
  /** The rows by which ticks move customers differ from the definition. `steps`: the ids of the steps. */
  | { what: 'steps'; campaign: string; version: string; steps: string[] };

/** Returns what was edited in the store of the applied deployment, and of the versions that customers enter or are inside. */
export async function editedInStore(db: Database): Promise<Edited[]> {
  const [applied] = await db.query<{ serial: number; hash: string; program: string }>(
    sql`SELECT serial, hash, program FROM deployment ORDER BY serial DESC LIMIT 1`,
  );
  if (!applied) return [];
  const { campaigns = [] } = (parsed(applied.program) ?? {}) as Partial<Program>;
  const before = campaigns.flatMap((campaign) => campaign.before ?? []);
  const entered = before.map(({ name, hash: own }) => sql` OR (campaign = ${name} AND version = ${own})`);
  const versions = await db.query<Version>(sql`
    SELECT * FROM campaign
    WHERE is_current${entered.length > 0 ? join(entered, '') : empty} OR EXISTS (SELECT 1 FROM enrolment e WHERE e.campaign = campaign.campaign
      AND e.version = campaign.version AND e.status = ${enrolmentStatus.active})
    ORDER BY campaign, version`);
  const asApplied = (one: CompiledCampaign) =>
    versionOf(one) === one.hash ||
    versions.some(
      ({ campaign, version, definition }) =>
        campaign === one.name && version === one.hash && definition === canonical(one),
    );
  const whole = isWhole(applied) && before.every(asApplied);
  const found: Edited[] = whole ? [] : [{ what: 'program', serial: applied.serial }];
  const rows = await movingRows(db);
  for (const version of versions) {
    const edited = await editedIn(db, version, rows);
    if (edited) found.push(edited);
  }
  return found;
}

/** The rows by which ticks move customers in the applied versions: the steps by campaign, arms and fallbacks by the number of their step. */
type MovingRows = Record<'steps' | 'arms' | 'fallbacks', Map<Value, Row[]>>;

/** Reads them at once: a Program may have a thousand campaigns. */
async function movingRows(db: Database): Promise<MovingRows> {
  const current = sql`SELECT s.* FROM step s JOIN campaign k ON k.campaign = s.campaign AND k.version = s.version AND k.is_current`;
  const of = (table: string) =>
    db.query<Row>(sql`SELECT * FROM ${raw(table)} WHERE step IN (SELECT c.step FROM (${current}) c)`);
  const by = (rows: Row[], column: string) => Map.groupBy(rows, (row): Value => row[column] ?? null);
  return {
    steps: by(await db.query<Row>(sql`SELECT c.* FROM (${current}) c ORDER BY c.step`), 'campaign'),
    arms: by(await of('arm'), 'step'),
    fallbacks: by(await of('fallback'), 'step'),
  };
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
  const { project, channels, campaigns } = body;
  if (typeof project !== 'object' || !Array.isArray(channels) || !Array.isArray(campaigns)) return false;
  return (
    channels.every(({ hash: own, ...channel }) => hash(channel) === own) && programHash(body as Program) === applied
  );
}

async function editedIn(db: Database, version: Version, rows: MovingRows): Promise<Edited | undefined> {
  const { campaign, version: hashed, definition, is_current: current } = version;
  const compiled = parsed(definition) as CompiledCampaign | undefined;
  if (!compiled || (versionOf(compiled) !== hashed && !(await wasApplied(db, definition))))
    return { what: 'definition', campaign, version: hashed };
  const differing = wantedColumns.some(
    ({ name, of }) => name in version && ticked.has(name) && version[name] !== of(compiled),
  );
  if (current && differing) return { what: 'definition', campaign, version: hashed };
  // An earlier Kaskad may have written the rows of earlier versions otherwise.
  const steps = current ? editedSteps({ ...compiled, hash: hashed }, rows) : [];
  return steps.length === 0 ? undefined : { what: 'steps', campaign, version: hashed, steps };
}

/** The columns of a campaign by which ticks go; an apply writes them anew where it changes their meaning. */
const ticked: ReadonlySet<string> = new Set([
  'category',
  'priority',
  'expires',
  'goal_within',
  'reenter',
  'resume_within',
]);

/** Returns true if a deployment has this definition: that of an earlier Kaskad has its version by another rule. */
async function wasApplied(db: Database, definition: string): Promise<boolean> {
  const found = await db.query(sql`SELECT 1 AS found FROM deployment WHERE strpos(program, ${definition}) > 0 LIMIT 1`);
  return found.length > 0;
}

/** Returns the ids of the steps whose rows differ from those that the definition gives, with their arms and fallbacks. */
function editedSteps(campaign: CompiledCampaign, { steps, arms, fallbacks }: MovingRows): string[] {
  const mine = steps.get(campaign.name) ?? [];
  const wanted = stepRows(campaign, Number(mine[0]?.step ?? 1));
  const ids = new Map([...wanted.steps, ...mine].map(({ step, id }) => [step, String(id)]));
  const of = (rows: Map<Value, Row[]>) => [...ids.keys()].flatMap((step) => rows.get(step ?? null) ?? []);
  const differing = [
    ...differences(wanted.steps, mine, ({ step }) => String(step)),
    ...differences(wanted.arms, of(arms), ({ step, arm }) => `${step}/${arm}`),
    ...differences(wanted.fallbacks, of(fallbacks), ({ step, depth }) => `${step}/${depth}`),
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
  return [...columns].every((name) => (wanted[name] || null) === (stored[name] || null));
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
