import sql, { empty, type Sql } from 'sql-template-tag';
import type { Database } from '../store/database.ts';

/** A split of one version in which customers were drawn. */
export interface Split {
  campaign: string;
  version: string;
  split: string;
  /** The arms of the splits before it, joined by `/`; null: it is the first. */
  after: string | null;
  /** Customers are drawn anew at each entry, so each entry counts. */
  redraw: boolean;
  /** The template whose variants the arms are, within one send; null: they are arms of a split. */
  template: string | null;
  arms: { arm: string; control: boolean; share: number }[];
}

interface ArmRow extends Record<string, string | number | boolean | null> {
  campaign: string;
  version: string;
  split: string;
  redraw: boolean | null;
  template: string | null;
  arm: string;
  control: boolean;
  share: number;
}

type Path = { campaign: string; version: string; arm: string };

/**
 * Returns the splits through which customers have come, with the arms as they were written. Customers keep only the names of their arms,
 * so splits of one version whose arms cannot be told apart by their names are left out.
 */
export async function drawnSplits(db: Database, entered: Sql, campaign?: string): Promise<Split[]> {
  const only = (column: Sql) => (campaign === undefined ? empty : sql`AND ${column} = ${campaign}`);
  const arms = await db.query<ArmRow>(sql`
    SELECT s.campaign, s.version, s.id AS split, s.redraw, s.template, a.arm, a.control, a.high - a.low AS share
    FROM step s JOIN arm a ON a.step = s.step WHERE s.kind = 'split' ${only(sql`s.campaign`)}
    ORDER BY s.campaign, s.version, s.step, a.low`);
  const paths = await db.query<Path>(sql`
    SELECT DISTINCT e.campaign, e.version, e.arm FROM enrolment e
    WHERE e.arm IS NOT NULL AND ${entered} ${only(sql`e.campaign`)} ORDER BY e.campaign, e.version, e.arm`);
  const splits = [...Map.groupBy(arms, (row) => JSON.stringify([row.campaign, row.version, row.split])).values()];
  const places = [...Map.groupBy(paths.flatMap(stations), ({ place }) => JSON.stringify(place)).values()];
  return places.flatMap((mine): Split[] => {
    const { campaign, version, after } = mine[0]?.place ?? { campaign: '', version: '', after: null };
    const fitting = splits.filter(
      ([first, ...rest]) =>
        first?.campaign === campaign &&
        first.version === version &&
        mine.every(({ arm }) => [first, ...rest].some((row) => row.arm === arm)),
    );
    const [found, second] = fitting;
    const [row] = found ?? [];
    if (!found || !row || second) return [];
    const written = found.map(({ arm, control, share }) => ({ arm, control, share }));
    return [
      {
        campaign,
        version,
        split: row.split,
        after,
        redraw: row.redraw ?? false,
        template: row.template,
        arms: written,
      },
    ];
  });
}

/** Returns the draws by which a customer came into an arm: one for each part of its name. */
function stations({ campaign, version, arm }: Path) {
  const parts = arm.split('/');
  return parts.map((part, i) => ({
    place: { campaign, version, after: i === 0 ? null : parts.slice(0, i).join('/') },
    arm: part,
  }));
}
