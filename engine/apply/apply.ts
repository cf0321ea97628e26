import sql from 'sql-template-tag';
import { canonical } from '../compile/hash.ts';
import type { CompiledCampaign, Program, StepRow } from '../compile/program.ts';
import { reentryMs } from '../run/reentry.ts';
import { readCursor } from '../store/cursor.ts';
import type { Database, Value } from '../store/database.ts';
import { columnsOf, migrate } from '../store/tables.ts';

export interface Deployment {
  serial: number;
  /** Made once with the store; a plan made against another store is not for this one. */
  lineage: string;
  hash: string;
  appliedAt: number;
  program: Program;
}

/** What is applied; undefined in a store that has none yet. */
export async function currentDeployment(db: Database): Promise<Deployment | undefined> {
  if (!(await hasTables(db))) return undefined;
  const [row] = await db.query<{ serial: number; lineage: string; hash: string; applied_at: number; program: string }>(
    sql`SELECT serial, lineage, hash, applied_at, program FROM deployment ORDER BY serial DESC LIMIT 1`,
  );
  return (
    row && {
      serial: row.serial,
      lineage: row.lineage,
      hash: row.hash,
      appliedAt: row.applied_at,
      program: read(row.program),
    }
  );
}

/** Of an earlier format, what it did not know is empty, so that a plan can be made against it. */
function read(text: string): Program {
  const program = JSON.parse(text) as Partial<Program> & Omit<Program, 'variables' | 'holdouts' | 'lists'>;
  return { variables: {}, holdouts: [], lists: [], ...program };
}

export async function hasTables(db: Database): Promise<boolean> {
  const [row] = await db.query<{ n: number }>(
    sql`SELECT count(*) AS n FROM information_schema.tables WHERE table_name = 'deployment'`,
  );
  return (row?.n ?? 0) > 0;
}

export interface Applying {
  program: Program;
  /** Epoch milliseconds. Events from before it enter nobody into a campaign that is new. */
  at: number;
  /** For a store's first deployment. */
  lineage: string;
  commit?: string;
}

/**
 * Makes a Program the one that runs: all or nothing. Enrolments of earlier versions finish on theirs; those of a
 * campaign that is gone end with reason `removed`, and nothing of it leaves any more that is not on the wire. Returns false where it is applied already.
 */
export async function applyProgram(store: Database, { program, at, lineage, commit }: Applying): Promise<boolean> {
  return store.transaction(async (db) => {
    await migrate(db, program.data);
    const applied = await currentDeployment(db);
    if (applied?.hash === program.hash) return false;
    const gone = await db.query<{ campaign: string }>(sql`SELECT campaign FROM campaign WHERE is_current`);
    const before = new Set(gone.map((row) => row.campaign));
    const after = new Set(program.campaigns.map((c) => c.name));
    for (const name of before) if (!after.has(name)) await retire(db, name, at);
    await db.run(sql`UPDATE campaign SET is_current = FALSE`);
    // Later than any tick there has been, so that the next one knows itself to be the campaign's first.
    const from = Math.max(at, ((await readCursor(db, 'tick')) ?? 0) + 1);
    for (const campaign of program.campaigns) {
      await install(db, program, campaign, before.has(campaign.name), from);
    }
    await db.run(sql`
      INSERT INTO deployment (serial, lineage, hash, applied_at, commit_hash, program)
      VALUES (${(applied?.serial ?? 0) + 1}, ${applied?.lineage ?? lineage}, ${program.hash}, ${at}, ${commit ?? null},
        ${canonical(program)})`);
    return true;
  });
}

async function retire(db: Database, campaign: string, at: number): Promise<void> {
  await db.run(sql`
    UPDATE enrolment SET status = 'ended', reason = 'removed', ended_at = ${at}::bigint, step = NULL
    WHERE campaign = ${campaign} AND status = 'active'`);
  await db.run(sql`
    UPDATE message SET status = 'suppressed', reason = 'removed', finished_at = ${at}::bigint
    WHERE campaign = ${campaign} AND status = 'decided'`);
}

async function install(
  db: Database,
  program: Program,
  campaign: CompiledCampaign,
  ran: boolean,
  at: number,
): Promise<void> {
  const since = ran
    ? await db.query<{ at: number }>(
        sql`SELECT max(active_from) AS "at" FROM campaign WHERE campaign = ${campaign.name}`,
      )
    : [];
  const from = since[0]?.at ?? at;
  const { name, hash: version } = campaign;
  const known = await db.run(sql`
    UPDATE campaign SET is_current = TRUE, active_from = ${from}::bigint, definition = ${canonical(campaign)}
    WHERE campaign = ${name} AND version = ${version}`);
  if (known === 0) await add(db, program, campaign, from);
  // Also of one that was there: an earlier Kaskad may have put it there.
  await db.run(sql`
    UPDATE campaign SET reenter = ${reentryMs(campaign.reenter)}::bigint, first_step = (
      SELECT step FROM step s WHERE s.campaign = ${name} AND s.version = ${version} AND s.id = ${campaign.first}::text)
    WHERE campaign = ${name} AND version = ${version}`);
}

async function add(db: Database, program: Program, campaign: CompiledCampaign, from: number): Promise<void> {
  await db.run(sql`
    INSERT INTO campaign (campaign, version, is_current, active_from, category, priority, expires, goal_within, definition)
    VALUES (${campaign.name}, ${campaign.hash}, TRUE, ${from}, ${campaign.category}, ${campaign.priority},
      ${campaign.expires}, ${campaign.goal?.within ?? null}, ${canonical(campaign)})`);
  const [last] = await db.query<{ step: number }>(sql`SELECT coalesce(max(step), 0) AS step FROM step`);
  const { steps, arms, fallbacks } = stepRows(campaign, (last?.step ?? 0) + 1);
  await db.load('step', columnsOf(program.data, 'step'), steps);
  await db.load('arm', columnsOf(program.data, 'arm'), arms);
  await db.load('fallback', columnsOf(program.data, 'fallback'), fallbacks);
}

/** The rows of `step`, `arm` and `fallback` for one version, steps numbered from `first`. */
function stepRows(campaign: CompiledCampaign, first: number): Record<'steps' | 'arms' | 'fallbacks', Value[][]> {
  const numbers = new Map(campaign.steps.map((step, i) => [step.id, first + i]));
  const number = (id: string | null | undefined): Value => (id ? (numbers.get(id) ?? null) : null);
  const steps = campaign.steps.map((step): Value[] => {
    const row = { ...blank, ...facts(step) };
    return [
      number(step.id),
      campaign.name,
      campaign.hash,
      step.id,
      step.kind,
      number('next' in step ? step.next : null),
      number('otherwise' in step ? step.otherwise : null),
      row.ms,
      row.minute,
      row.days,
      row.channel,
      row.template,
      row.until,
      row.within,
      row.salt,
      row.redraw,
      row.segment,
      row.reason,
    ];
  });
  const arms = campaign.steps.flatMap((step): Value[][] => {
    if (step.kind === 'split')
      return step.arms.map((arm) => [number(step.id), arm.name, arm.control, arm.from, arm.to, number(arm.next)]);
    if (step.kind !== 'prefer') return [];
    return step.stages.map(({ id, channel }, i) => [number(step.id), channel, false, i, i + 1, number(id)]);
  });
  const sends = new Map(campaign.steps.flatMap((step) => (step.kind === 'send' ? [[step.id, step]] : [])));
  const fallbacks = [...sends.values()].flatMap((send) => {
    const rows: Value[][] = [];
    for (let next = sends.get(send.otherwise ?? ''); next; next = sends.get(next.otherwise ?? ''))
      rows.push([number(send.id), number(next.id), rows.length + 1]);
    return rows;
  });
  return { steps, arms, fallbacks };
}

type Fact =
  | 'ms'
  | 'minute'
  | 'days'
  | 'channel'
  | 'template'
  | 'until'
  | 'within'
  | 'salt'
  | 'redraw'
  | 'segment'
  | 'reason';
type Facts = Record<Fact, Value>;
const blank: Facts = {
  ms: null,
  minute: null,
  days: null,
  channel: null,
  template: null,
  until: null,
  within: null,
  salt: null,
  redraw: null,
  segment: null,
  reason: null,
};
const everyDay = 127;

function facts(step: StepRow): Partial<Facts> {
  switch (step.kind) {
    case 'wait':
      return { ms: step.ms };
    case 'until':
      return { minute: step.minuteOfDay, days: step.weekdays ?? everyDay };
    case 'await':
      return { within: step.within };
    case 'send':
      return { channel: step.channel, template: step.template, until: step.until ?? null, within: step.within ?? null };
    case 'split':
      return { salt: step.salt, redraw: step.sticky === false };
    case 'add':
    case 'remove':
      return { segment: step.segment };
    case 'exit':
      return { reason: step.reason };
    case 'if':
    case 'prefer':
    case 'set':
      return {};
  }
}
