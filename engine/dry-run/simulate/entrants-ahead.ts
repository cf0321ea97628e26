import sql, { empty, join, type Sql } from 'sql-template-tag';
import { keepsOut } from '../../program/facts.ts';
import { canonical } from '../../program/hash.ts';
import { ident } from '../../store/dialect.ts';
import { eachAt } from '../../store/moments.ts';
import { enrolmentStatus } from '../../store/outcome-sql.ts';
import { temporary } from '../../store/statements.ts';
import { eventTable } from '../../store/tables.ts';
import { admitted } from '../../tick/enter.ts';
import type { Tick, Version } from '../../tick/tick.ts';
import { tickOf } from '../../tick/tick-of.ts';
import { triggerKind } from '../../tick/triggers/index.ts';
import { isForeseeable } from './foreseeable.ts';

/**
 * Fills `entrant_ahead` (campaign, customer, now, occurrence, event_seq, started_at, restarts) with all who are to enter in (tick.instant, until]
 * unless their earlier journeys in the campaign keep them out: of the campaigns whose trigger and audience depend on no journey. Such a question is asked
 * once for all instants of all customers. Returns the tick whose rounds ask these campaigns no more.
 */
export async function foreseeEntrants(tick: Tick, until: number): Promise<Tick> {
  const { db } = tick;
  await temporary(db, 'entrant_ahead', none);
  const born = await bornAhead(tick, until);
  const found = new Set<string>();
  for (const [, alike] of Map.groupBy(tick.open.filter((version) => mayBeForeseen(tick, version)), triggerOf)) {
    const [first] = alike;
    const rows = first && (await comingOf(tick, first, until));
    if (!rows) continue;
    if ((await temporary(db, 'coming_ahead', sql`${born.customers} ${rows}`)) > 0) {
      await temporary(db, 'instant_ahead', sql`SELECT DISTINCT customer, now FROM coming_ahead`);
      for (const version of alike) await admit(tick, version, born);
    }
    for (const { definition } of alike) found.add(definition.name);
  }
  return { ...tick, admitted: found };
}

/** Returns the instants (customer, at) after those in `moment` at which somebody enters by the present state of his journeys. */
export function entrancesAhead(): Sql {
  const inside = sql`p.status = ${enrolmentStatus.active}`;
  const mine = sql`SELECT 1 FROM enrolment p WHERE p.customer = a.customer AND p.campaign = a.campaign AND`;
  return sql`
    SELECT a.customer, a.now AS "at" FROM entrant_ahead a JOIN moment ON moment.customer = a.customer AND a.now > moment.now
    JOIN campaign k ON k.campaign = a.campaign AND k.is_current
    WHERE NOT EXISTS (${mine} ((NOT a.restarts AND ${inside}) OR ${keepsOut(sql`k.reenter`, sql`a.now`)}))
      OR (a.restarts AND EXISTS (${mine} ${inside}))`;
}

const none = sql`
  SELECT ''::text AS campaign, 0::bigint AS customer, 0::bigint AS now, ''::text AS occurrence, 0::bigint AS event_seq, 0::bigint AS started_at,
    FALSE AS restarts WHERE FALSE`;

function mayBeForeseen(tick: Tick, { definition: { name, audience } }: Version): boolean {
  return !tick.withheld.has(name) && (!audience || isForeseeable(tick, audience));
}

/** What campaigns have in common whose entrants before the audience is asked are the same. */
function triggerOf({ definition: { trigger }, activeFrom }: Version): string {
  return canonical([trigger, activeFrom]);
}

function comingOf(tick: Tick, version: Version, until: number): Promise<Sql | undefined> | undefined {
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
    INSERT INTO entrant_ahead (campaign, customer, now, occurrence, event_seq, started_at, restarts)
    ${born.customers}
    SELECT n.campaign, n.customer, n.now, n.occurrence, n.event_seq, n.started_at, ${restarts}::boolean FROM (${rows}) n
    ${born.none ? empty : sql`WHERE NOT EXISTS (SELECT 1 FROM born_ahead b WHERE b.customer = n.customer AND b.now > n.now)`}`);
}

interface Born {
  /** There are no strangers whom an event until the end makes customers; otherwise `born_ahead` (customer, now) has them with the tick of it. */
  none: boolean;
  /** The WITH that puts them among the customers. */
  customers: Sql;
}

async function bornAhead({ db, program }: Tick, until: number): Promise<Born> {
  const { customers, events } = program.data;
  const happened = events.map(({ name }) => sql`SELECT customer, "at" FROM ${ident(eventTable(name))}`);
  const born = sql`
    SELECT s.customer, ${tickOf(db, program, sql`min(e.at)`)} AS now FROM stranger s JOIN (${join(happened, ' UNION ALL ')}) e
      ON e.customer = s.customer WHERE e.at <= ${until}::bigint GROUP BY s.customer`;
  if (events.length === 0 || (await temporary(db, 'born_ahead', born)) === 0) return { none: true, customers: empty };
  const missing = customers.attributes.map(() => sql`, NULL`);
  const rows = sql`
    WITH customer AS (
      SELECT * FROM customer UNION ALL
      SELECT s.customer, s.id${missing.length > 0 ? join(missing, '') : empty} FROM stranger s JOIN born_ahead b ON b.customer = s.customer)`;
  return { none: false, customers: rows };
}
