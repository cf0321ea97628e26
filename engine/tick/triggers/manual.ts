import sql, { empty, join } from 'sql-template-tag';
import type { TriggerKind } from './trigger.ts';

/** A launch by hand takes in the whole audience. The latest of several launches of a campaign that are due at once counts. */
export const manual: TriggerKind<'manual'> = {
  compile: (on) => on,
  async entrants({ db, instant: now }, campaigns) {
    const rows = await db.query<{ launch: number; campaign: string; at: number }>(sql`
      SELECT launch, campaign, "at" FROM launch WHERE taken_at IS NULL AND "at" <= ${now}::bigint ORDER BY "at", launch`);
    const due = new Map(rows.map((row) => [row.campaign, row]));
    return new Map(
      campaigns.flatMap(({ name }) => {
        const launch = due.get(name);
        if (!launch) return [];
        const entrants = sql`
          SELECT c.customer, ${`launch ${launch.launch}`}::text AS occurrence, NULL::bigint AS event_seq,
            ${launch.at}::bigint AS started_at
          FROM customer c`;
        return [[name, entrants]];
      }),
    );
  },
  /** Campaigns that are withheld take theirs later. */
  async entered({ db, instant: now, withheld }) {
    const others = withheld.size === 0 ? empty : sql` AND campaign NOT IN (${join([...withheld])})`;
    await db.run(
      sql`UPDATE launch SET taken_at = ${now}::bigint WHERE taken_at IS NULL AND "at" <= ${now}::bigint${others}`,
    );
  },
  /** A simulation whose launches wait is a walk, so there are none. */
  async coming() {
    return [];
  },
  async next(db) {
    const [row] = await db.query<{ at: number | null }>(
      sql`SELECT min("at") AS "at" FROM launch WHERE taken_at IS NULL`,
    );
    return row?.at ?? undefined;
  },
};
