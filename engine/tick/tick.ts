import sql, { type Sql } from 'sql-template-tag';
import type { CompiledCampaign, Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import type { Pause } from '../store/pauses.ts';
import type { Moments, QueryContext } from '../store/query-sql.ts';

/** The state that the phases of one tick share. */
export interface Tick {
  /** The transaction of this tick. */
  db: Database;
  program: Program;
  /** The grid instants, never the moment at which the tick happens to run: one for all, or in a round each customer's own. */
  moments: Moments;
  /** The instant before which everything has been looked at, of the row's customer, as `moments.now`. */
  before: Sql;
  /** The instant of the tick before; in a round, of the last tick for all. Undefined for the first of a store. */
  previous: number | undefined;
  /** The instant that cursors note, epoch milliseconds: that of the tick; in a round, of the last tick for all. */
  instant: number;
  /** The cursors at the beginning of the tick. */
  cursors: ReadonlyMap<string, number>;
  /** Version of the tz database in use. */
  tz: string;
  /** Every version that someone may still be inside, current ones included. */
  versions: Version[];
  /** The event kinds that have new rows in this tick. */
  fresh: Map<string, New>;
  /** The current versions that take customers in. */
  open: Version[];
  /** The first `seq` of the new rows of each kind. */
  newFrom: Map<string, number>;
  /** The kinds of the events that are taken back in this tick, see event-changes.ts. */
  takenBack: Set<string>;
  /** Campaigns whose customers this tick restores: what has happened while they were removed counts now. */
  returned: ReadonlySet<string>;
  /** The names of the scales in use, once customers have been scored on them. */
  scored?: ReadonlySet<string>;
  /** The segments that are evaluated at refreshes; absent: all that triggers watch. */
  watching?: ReadonlySet<string>;
  /** Segments evaluated in this tick. */
  refreshed: Set<string>;
  /** The enrolments of these campaigns do not move. */
  pauses: Pause[];
  /** Campaigns into which no customer enters and in which none moves, because a file that they read cannot be read. */
  withheld: ReadonlySet<string>;
  /** True if customers are noted whose journey a newer event may restart, see restart.ts. */
  restarting?: boolean;
  /** The campaigns whose entrants are all in `entrant_ahead` (campaign, version, customer, now, …), admitted; they are asked no more. */
  admitted?: ReadonlySet<string>;
  /** The segments of which `flip` (segment, customer, at, inside) has every change of a membership until the end. */
  turning?: ReadonlySet<string>;
  /** The facts of all steps, where they have been read. */
  steps?: ReadonlyMap<number, StepFacts>;
  /** True if no message waits in the outbox when a tick begins. */
  outboxIsEmpty?: boolean;
  /** The absence campaigns for which `watch` has all clocks that will end; their events are not looked at. See absences-ahead.ts. */
  foreseen?: ReadonlySet<string>;
  /** Journeys that have gone on from where they waited. */
  moved: number;
  /** The local clocks of this tick have been worked out. */
  clocks?: boolean;
  /** The new rows of `message_event` in this tick, where there is feedback. */
  reactions?: New;
}

/** A tick that is at one instant for all. */
export interface Walk extends Tick {
  /** Epoch milliseconds. */
  now: number;
}

/** The condition that a row, by its alias, is new in this tick. */
export type New = (row: Sql) => Sql;

/** A step of any version, by its number in the store. */
export type StepFacts = {
  campaign: string;
  version: string;
  id: string;
  kind: string;
  /** True if a refused message leads to another send at once. */
  hasFallback: boolean;
  /** True if a customer who begins to wait here may go on in the same tick. */
  brief: boolean;
};

export interface Version {
  definition: CompiledCampaign;
  current: boolean;
  activeFrom: number;
  /** The point from which on it is asked late, because it was withheld. */
  missed?: Missed;
}

export interface Missed {
  /** The tick after which it was not asked; 0: from the first on. */
  until: number;
  /** The first event of its trigger's kind that it was not asked about. */
  seq?: number;
}

/** The tick at which the campaign was asked last. */
function askedAt({ previous }: Tick, { missed }: Version): number | undefined {
  return previous === undefined || missed === undefined ? previous : Math.min(previous, missed.until);
}

/** Returns true if this is the first tick since the campaign was applied. */
export function isFirst(tick: Tick, version: Version): boolean {
  const asked = askedAt(tick, version);
  return asked === undefined || asked < version.activeFrom;
}

/** Returns the instant after which the clock's triggers count: earlier instants have been looked at, or were before the campaign. */
export function seenUntil(tick: Tick, version: Version): Sql {
  return version.missed || tick.previous === undefined
    ? sql`${clockFrom(tick, version)}::bigint`
    : sql`greatest(${tick.before}, ${version.activeFrom - 1}::bigint)`;
}

/** The same, of a tick that is at one instant for all: epoch milliseconds. */
export function clockFrom(tick: Tick, version: Version): number {
  return Math.max(askedAt(tick, version) ?? 0, version.activeFrom - 1);
}

/** `among`: the customers who are asked; absent: all. */
export function queryContext({ db, program, moments, scored }: Tick, among?: Sql): QueryContext {
  return { dialect: db.dialect, program, moments, ...(scored && { scored }), ...(among && { among }) };
}
