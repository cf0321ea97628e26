import type { Sql } from 'sql-template-tag';
import type { Trigger } from '../../../spec/model/campaign.ts';
import type { CompiledTrigger, Program } from '../../program/program.ts';
import type { Segments } from '../../program/query.ts';
import type { Database } from '../../store/database.ts';
import type { QueryContext } from '../../store/query-sql.ts';
import type { Tick, Version } from '../tick.ts';

type Of<Kind, All> = All extends { kind: unknown } ? (Kind extends All['kind'] ? All & { kind: Kind } : never) : never;
export type TriggerOf<Kind> = Of<Kind, CompiledTrigger>;

/** A campaign that takes customers in, with its trigger. */
export interface Active<Kind> {
  name: string;
  version: Version;
  trigger: TriggerOf<Kind>;
}

/** The execution of one kind of trigger. */
export interface TriggerKind<Kind extends Trigger['kind']> {
  compile(on: Of<Kind, Trigger>, segments: Segments): TriggerOf<Kind>;
  /**
   * Selects the new entrants, for all campaigns with such a trigger together: by campaign, a query with the columns customer,
   * occurrence, event_seq, started_at. Several rows of a customer are several occurrences. A campaign for which nothing can
   * have happened is left out.
   */
  entrants(tick: Tick, campaigns: Active<Kind>[]): Map<string, Sql> | Promise<Map<string, Sql>>;
  /** Forgets what the entrants were selected by. Called when they have entered. `found`: the number of campaigns with entrants. */
  entered?(tick: Tick, found: number): Promise<void>;
  /**
   * Notes what the clock will bring until an instant. Returns queries for the instants after that of the customers in `moment`
   * at which such triggers are to be looked at, apart from new events: columns customer, at.
   */
  foresee?(tick: Tick, campaigns: Active<Kind>[], until: number): Promise<Sql[]>;
  /**
   * Selects all entrants of (tick.instant, until] where the store has the events until then: columns customer, now (the tick that looks at it),
   * occurrence, event_seq, started_at; in several statements where one would have too many rows. Undefined where they depend on what else
   * happens until then.
   */
  coming?(tick: Tick, campaign: Active<Kind>, until: number): Promise<Sql[] | undefined>;
  /** Returns the next instant after `now` at which such triggers are to be looked at by the clock; undefined: none is known. */
  next?(db: Database, program: Program, now: number, triggers: TriggerOf<Kind>[]): Promise<number | undefined>;
  /** The kind of event whose new rows are the occurrences. */
  newEvents?(trigger: TriggerOf<Kind>): string;
  /** True if the newest occurrence restarts the journey of a customer who is inside. */
  restarts?(trigger: TriggerOf<Kind>): boolean;
  /** True if time alone can bring customers in, again and again. */
  recurs?: true;
  /** True if the tick notes those who leave the trigger's segment. */
  notesLeavers?: true;
  /** The condition that a customer `c` has what the trigger looks at. */
  eligible?(trigger: TriggerOf<Kind>, context: QueryContext): Sql;
}

/** Selects the entrants of each campaign separately. */
export function each<Kind>(
  campaigns: Active<Kind>[],
  select: (campaign: Active<Kind>) => Sql | undefined,
): Map<string, Sql> {
  return new Map(
    campaigns.flatMap((campaign) => {
      const entrants = select(campaign);
      return entrants ? [[campaign.name, entrants]] : [];
    }),
  );
}
