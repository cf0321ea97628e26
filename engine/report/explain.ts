import sql, { join } from 'sql-template-tag';
import { listSuppressed } from '../consent/suppressions.ts';
import { SOURCE } from '../data/files/shape.ts';
import { currentDeployment } from '../deploy/apply.ts';
import { earnedBy } from '../metrics/attribution.ts';
import type { Program } from '../program/program.ts';
import { readCursors } from '../store/cursor.ts';
import type { Database } from '../store/database.ts';
import { ident } from '../store/dialect.ts';
import { inStage } from '../store/rollout-sql.ts';
import { rolloutState, stageAt, stagesOf } from '../store/rollout-state.ts';
import { removedSince } from '../tick/removed-customers.ts';
import { dataWaits } from './data-waits.ts';
import { enrolmentStories } from './enrolment-stories.ts';
import { eventChanges } from './event-changes.ts';
import { hasNoAttributes, lostCustomers } from './lost-customers.ts';
import type { Story } from './story.ts';
import { ledgerOf, suppressionEntries } from './suppression-entries.ts';

/**
 * Returns the story of the customer with one of the shop's ids; undefined where there is none. `simulated`: it tells nothing of what messages earned, since
 * history that is replayed shows no effect of them.
 */
export async function explain(db: Database, id: string, { simulated = false } = {}): Promise<Story | undefined> {
  const deployment = await currentDeployment(db);
  if (!deployment) return undefined;
  const { program } = deployment;
  const [found] = await db.query<{ customer: number; id: string; zone: string | null }>(sql`
    SELECT c.customer, c.id, ${zoneColumn(program)} AS zone FROM identity i JOIN customer c ON c.customer = i.customer
    WHERE i.id = ${id}`);
  if (!found) return undefined;
  const mine = sql`customer = ${found.customer}::bigint`;
  const ids = await db.query<{ id: string }>(sql`SELECT id FROM identity WHERE ${mine} ORDER BY id`);
  const subscribed = await db.query<{ channel: string }>(
    sql`SELECT channel FROM subscription WHERE ${mine} ORDER BY channel`,
  );
  const removedAt = await removedSince(db, program, found.customer);
  const withheld = await dataWaits(db, program);
  const suppressions = await suppressionEntries(db, found.customer);
  const changes = await eventChanges(db, found.customer);
  const cursors = await readCursors(db);
  const earned = simulated ? new Map() : await earnedBy(db, program, found.customer, cursors.get('tick') ?? 0);
  const outside = await outsideStages(db, program, cursors, found.id);
  return {
    customer: found.id,
    ...(removedAt !== undefined && { removedAt }),
    ...((await hasNoAttributes(db, program, found.customer)) && { unheard: await lostCustomers(db, program) }),
    ids: ids.map((row) => row.id),
    zone: { name: found.zone ?? program.project.timezone, own: found.zone !== null },
    consent: await consentOf(db, found.customer),
    subscribed: subscribed.map((row) => row.channel),
    tick: program.project.tick,
    lastTick: cursors.get('tick') ?? null,
    ...(outside.length > 0 && { outsideStage: outside }),
    withheld,
    channels: program.channels.map((channel) => channel.name),
    suppressed: (await listSuppressed(db, program, [found.id])).map(({ customer: _, ...rest }) => rest),
    suppressions: ledgerOf(suppressions),
    enrolments: await enrolmentStories(db, program, found.customer, { withheld, suppressions, changes, earned }),
    ...(changes.length > 0 && { changes }),
  };
}

/** Judged at the last tick, so that the answer is that of the journeys beside it. */
async function outsideStages(
  db: Database,
  { campaigns }: Program,
  cursors: ReadonlyMap<string, number>,
  id: string,
): Promise<NonNullable<Story['outsideStage']>> {
  const now = cursors.get('tick') ?? 0;
  const asked = campaigns.flatMap((campaign) => {
    const stage = inStage(db.dialect, campaign, cursors, { id: sql`${id}::text`, now: sql`${now}::bigint` });
    return stage ? [sql`SELECT ${campaign.name}::text AS campaign WHERE NOT ${stage}`] : [];
  });
  if (asked.length === 0) return [];
  const rows = await db.query<{ campaign: string }>(join(asked, ' UNION ALL '));
  const out = new Set(rows.map(({ campaign }) => campaign));
  return campaigns.flatMap((campaign) => {
    const { name, before } = campaign;
    const stages = stagesOf(campaign);
    const share = stages[stageAt(stages, rolloutState(cursors, name), now)]?.share ?? 0;
    return out.has(name) ? [{ campaign: name, share, ...(before && { version: before.hash }) }] : [];
  });
}

/** Returns true if the store knows any customer. */
export async function hasCustomers(db: Database): Promise<boolean> {
  return (await db.query(sql`SELECT 1 AS found FROM identity LIMIT 1`)).length > 0;
}

/** Returns the entries of consent, each once: a row of a file can be an entry about the customer and one about the address. */
async function consentOf(db: Database, customer: number): Promise<Story['consent']> {
  const known = await db.query(sql`
    SELECT 1 AS n FROM information_schema.columns WHERE table_name = 'consent' AND column_name = ${SOURCE}`);
  const source = known.length > 0 ? sql`k.${ident(SOURCE)}` : sql`NULL::integer`;
  return db.query<{ at: number; channel: string; granted: boolean; path: string | null }>(sql`
    SELECT k.at, k.channel, k.granted, s.path FROM consent k LEFT JOIN source s ON s.number = ${source}
    WHERE k.customer = ${customer}::bigint
      OR k.address IN (SELECT address FROM mailbox WHERE customer = ${customer}::bigint)
    GROUP BY k.at, k.channel, k.granted, s.path ORDER BY k.at, min(k.seq)`);
}

function zoneColumn(program: Program) {
  const zone = program.data.customers.attributes.find((attribute) => attribute.type === 'timezone');
  return zone ? sql`c.${ident(zone.name)}` : sql`NULL`;
}
