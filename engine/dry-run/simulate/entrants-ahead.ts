import sql, { empty, type Sql } from 'sql-template-tag';
import { keepsOut } from '../../program/facts.ts';
import { canonical } from '../../program/hash.ts';
import { eachAt } from '../../store/moments.ts';
import { enrolmentStatus } from '../../store/outcome-sql.ts';
import { temporary } from '../../store/statements.ts';
import { admitted } from '../../tick/enter.ts';
import type { Tick, Version } from '../../tick/tick.ts';
import { triggerKind } from '../../tick/triggers/index.ts';
import type { Born } from './born.ts';
import { isForeseeable, writtenBy } from './foreseeable.ts';

/**
 * Fills `entrant_ahead` (campaign, version, customer, now, occurrence, event_seq, started_at, restarts, reenter) with all who are to enter in (tick.instant, until]
 * unless their earlier journeys in the campaign keep them out: of the campaigns whose trigger and audience depend on no journey. Such a question is asked
 * once for all instants of all customers. Returns the tick whose rounds ask these campaigns no more.
 */
export async function foreseeEntrants(tick: Tick, until: number, born: Born): Promise<Tick> {
  const { db } = tick;
  await temporary(db, 'entrant_ahead', none);
  const found = new Set<string>();
  const candidates = tick.open.filter((version) => mayBeForeseen(tick, version));
  for (const [, alike] of Map.groupBy(candidates, triggerOf)) {
    const [first] = alike;
    const parts = first && (await comingOf(tick, first, until));
    if (!parts) continue;
    for (const rows of parts) {
      if ((await temporary(db, 'coming_ahead', sql`${born.customers} ${rows}`)) === 0) continue;
      await temporary(db, 'instant_ahead', sql`SELECT DISTINCT customer, now FROM coming_ahead`);
      for (const version of alike) await admit(tick, version, born);
    }
    for (const { definition } of alike) found.add(definition.name);
  }
  const asked = tick.open.filter(({ definition: { name } }) => !found.has(name));
  const watching = new Set(
    asked.flatMap(({ definition: { trigger } }) => ('segment' in trigger ? [trigger.segment] : [])),
  );
  return { ...tick, admitted: found, watching };
}

/**
 * Returns the instants (customer, at) after those in `moment` at which somebody enters by the present state of his journeys. Of the journeys in a
 * campaign only whether he is inside, and when he entered at last, is compared with all entrances to come.
 */
export function entrancesAhead(): Sql {
  const journeys = sql`
    SELECT e.campaign, e.customer, max(e.entered_at) AS entered_at, max(CASE WHEN e.status = ${enrolmentStatus.active} THEN 1 ELSE 0 END) AS inside
    FROM enrolment e JOIN moment ON moment.customer = e.customer GROUP BY e.campaign, e.customer`;
  return sql`
    SELECT a.customer, a.now AS "at" FROM entrant_ahead a JOIN moment ON moment.customer = a.customer AND a.now > moment.now
    LEFT JOIN (${journeys}) p ON p.customer = a.customer AND p.campaign = a.campaign
    WHERE p.customer IS NULL OR (a.restarts AND p.inside = 1)
      OR ((a.restarts OR p.inside = 0) AND NOT ${keepsOut(sql`a.reenter`, sql`a.now`)})`;
}

const none = sql`
  SELECT ''::text AS campaign, ''::text AS version, 0::bigint AS customer, 0::bigint AS now, ''::text AS occurrence, 0::bigint AS event_seq, 0::bigint AS started_at,
    FALSE AS restarts, 0::bigint AS reenter WHERE FALSE`;

function mayBeForeseen(tick: Tick, { definition: { name, audience, before, trigger } }: Version): boolean {
  if (tick.withheld.has(name) || ('attribute' in trigger && writtenBy(tick.versions).has(trigger.attribute)))
    return false;
  return [audience, before?.audience].every((asked) => !asked || isForeseeable(tick, asked));
}

/** Identifies the campaigns that have the same entrants before their audiences are applied. */
function triggerOf({ definition: { name, trigger }, activeFrom }: Version): string {
  return triggerKind(trigger).newEvents ? canonical([trigger, activeFrom]) : name;
}

function comingOf(tick: Tick, version: Version, until: number): Promise<Sql[] | undefined> | undefined {
  const { name, trigger } = version.definition;
  return triggerKind(trigger).coming?.(tick, { name, version, trigger }, until);
}

/** The first of several events of a customer counts in a tick; where the trigger restarts journeys, the newest. */
async function admit(tick: Tick, version: Version, born: Born): Promise<void> {
  const { trigger } = version.definition;
  const restarts = triggerKind(trigger).restarts?.(trigger) ?? false;
  const turn = restarts ? sql` DESC` : empty;
  const firsts = sql`
    SELECT customer, now, occurrence, event_seq, started_at FROM (
      SELECT c.*, row_number() OVER (PARTITION BY c.customer, c.now ORDER BY c.started_at${turn}, c.event_seq${turn}) AS nth
      FROM coming_ahead c) numbered
    WHERE nth = 1`;
  const rows = admitted({ ...tick, moments: eachAt('instant_ahead', true) }, version, firsts);
  await tick.db.run(sql`
    INSERT INTO entrant_ahead (campaign, version, customer, now, occurrence, event_seq, started_at, restarts, reenter)
    ${born.customers}
    SELECT n.campaign, n.version, n.customer, n.now, n.occurrence, n.event_seq, n.started_at, ${restarts}::boolean, k.reenter FROM (${rows}) n
    JOIN campaign k ON k.campaign = n.campaign AND k.version = n.version WHERE TRUE${born.already(sql`n.customer`, sql`n.now`)}`);
}
