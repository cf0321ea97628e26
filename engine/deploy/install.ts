import sql, { join, raw, type Sql } from 'sql-template-tag';
import { reentryMs } from '../program/facts.ts';
import { alone, canonical } from '../program/hash.ts';
import type { CompiledCampaign, Program } from '../program/program.ts';
import type { Column, Database, NewRow, Value } from '../store/database.ts';
import { ident } from '../store/dialect.ts';
import { temporary } from '../store/statements.ts';
import { columnsOf } from '../store/tables.ts';
import { stepRows } from './step-rows.ts';

/** `wanted`: the versions of a Program that customers enter, one row each, so that an apply costs the same few statements for any number. */
export const wantedColumns: (Column & { of(campaign: CompiledCampaign): Value })[] = [
  { name: 'campaign', type: 'text', of: ({ name }) => name },
  { name: 'version', type: 'text', of: ({ hash }) => hash },
  { name: 'category', type: 'text', of: ({ category }) => category },
  { name: 'priority', type: 'integer', of: ({ priority }) => priority },
  { name: 'expires', type: 'bigint', of: ({ expires }) => expires },
  { name: 'goal_within', type: 'bigint', of: ({ goal }) => goal?.within ?? null },
  { name: 'reenter', type: 'bigint', of: ({ reenter }) => reentryMs(reenter) },
  { name: 'resume_within', type: 'bigint', of: ({ resumeWithin }) => resumeWithin },
  { name: 'first_id', type: 'text', of: ({ first }) => first },
  { name: 'definition', type: 'text', of: (campaign) => canonical(alone(campaign)) },
];

const isCurrent: Column = { name: 'is_current', type: 'boolean' };

/** Fills `wanted`. */
export async function wantCampaigns(db: Database, program: Program): Promise<void> {
  const columns = [...wantedColumns.map(({ name, type }) => ({ name, type })), isCurrent];
  const blank = columns.map((one) => sql`NULL::${raw(db.dialect.types[one.type])} AS ${ident(one.name)}`);
  await temporary(db, 'wanted', sql`SELECT ${join(blank)} WHERE FALSE`);
  const row = (campaign: CompiledCampaign): NewRow =>
    Object.fromEntries(wantedColumns.map(({ name, of }) => [name, of(campaign)]));
  await db.load('wanted', columns, [
    ...program.campaigns.map((campaign) => ({ ...row(campaign), is_current: true })),
    ...versionsBefore(program).map((campaign) => ({ ...row(campaign), is_current: false })),
  ]);
}

/** Returns the versions that customers still enter because another one is rolled out. */
function versionsBefore({ campaigns }: Program): CompiledCampaign[] {
  return campaigns.flatMap(({ before }) => before ?? []);
}

/** Makes the `wanted` versions those that are entered, and of each campaign one the current one. `from`: since when campaigns are applied that were not until now. */
export async function install(db: Database, program: Program, from: number): Promise<void> {
  // A campaign that stays is active since it was first applied.
  await temporary(
    db,
    'since',
    sql`
      SELECT campaign, max(active_from) AS "at" FROM campaign
      WHERE campaign IN (SELECT campaign FROM campaign WHERE is_current) GROUP BY campaign`,
  );
  const since = sql`coalesce((SELECT s.at FROM since s WHERE s.campaign = w.campaign), ${from}::bigint)`;
  await db.run(sql`UPDATE campaign SET is_current = FALSE WHERE is_current`);
  const known = await db.query<{ campaign: string; version: string }>(sql`SELECT campaign, version FROM campaign`);
  await db.run(sql`
    UPDATE campaign SET is_current = w.is_current, active_from = ${since}, definition = w.definition
    FROM wanted w WHERE w.campaign = campaign.campaign AND w.version = campaign.version`);
  const stored = new Set(known.map(({ campaign, version }) => `${campaign}/${version}`));
  const fresh = [...program.campaigns, ...versionsBefore(program)].filter(
    ({ name, hash }) => !stored.has(`${name}/${hash}`),
  );
  if (fresh.length > 0) await add(db, program, fresh, since);
  // This includes existing versions: an earlier Kaskad may have installed them.
  await db.run(sql`
    UPDATE campaign SET reenter = w.reenter, resume_within = w.resume_within, first_step = (
      SELECT step FROM step s WHERE s.campaign = w.campaign AND s.version = w.version AND s.id = w.first_id)
    FROM wanted w WHERE w.campaign = campaign.campaign AND w.version = campaign.version`);
}

async function add(db: Database, program: Program, fresh: CompiledCampaign[], since: Sql): Promise<void> {
  await db.run(sql`
    INSERT INTO campaign (campaign, version, is_current, active_from, category, priority, expires, goal_within, definition)
    SELECT w.campaign, w.version, w.is_current, ${since}, w.category, w.priority, w.expires, w.goal_within, w.definition
    FROM wanted w WHERE NOT EXISTS (
      SELECT 1 FROM campaign k WHERE k.campaign = w.campaign AND k.version = w.version)`);
  const [last] = await db.query<{ step: number }>(sql`SELECT coalesce(max(step), 0) AS step FROM step`);
  let next = (last?.step ?? 0) + 1;
  const all = fresh.map((campaign) => {
    const rows = stepRows(campaign, next);
    next += campaign.steps.length;
    return rows;
  });
  const load = (table: string, rows: NewRow[]) => db.load(table, columnsOf(program.data, table), rows);
  await load(
    'step',
    all.flatMap(({ steps }) => steps),
  );
  await load(
    'arm',
    all.flatMap(({ arms }) => arms),
  );
  await load(
    'fallback',
    all.flatMap(({ fallbacks }) => fallbacks),
  );
}
