import sql, { empty, type Sql } from 'sql-template-tag';
import type { CompiledCampaign } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { splitsBehind } from './ways.ts';

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
  /** The first entry of a customer who was drawn, epoch milliseconds. */
  began: number;
  /** `paths`: the names that customers in the arm have, of the arms of later splits too. */
  arms: { arm: string; control: boolean; share: number; paths: string[] }[];
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

type Path = { campaign: string; version: string; arm: string; began: number };

/**
 * Returns the splits through which customers have come, with the arms as they were written. Customers keep only the names of their arms:
 * of splits with the same arms, the one counts to which the journey leads behind the arms before; where that may be several, none does.
 */
export async function drawnSplits(db: Database, entered: Sql, campaign?: string): Promise<Split[]> {
  const only = (column: Sql) => (campaign === undefined ? empty : sql`AND ${column} = ${campaign}`);
  const arms = await db.query<ArmRow>(sql`
    SELECT s.campaign, s.version, s.id AS split, s.redraw, s.template, a.arm, a.control, a.high - a.low AS share
    FROM step s JOIN arm a ON a.step = s.step WHERE s.kind = 'split' ${only(sql`s.campaign`)}
    ORDER BY s.campaign, s.version, s.step, a.low`);
  const paths = await db.query<Path>(sql`
    SELECT e.campaign, e.version, e.arm, min(e.entered_at) AS began FROM enrolment e
    WHERE e.arm IS NOT NULL AND ${entered} ${only(sql`e.campaign`)} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`);
  const splits = [...Map.groupBy(arms, (row) => JSON.stringify([row.campaign, row.version, row.split])).values()];
  const places = [...Map.groupBy(paths.flatMap(stations), ({ place }) => JSON.stringify(place)).values()];
  const ways = await waysOf(db, splits);
  return places.flatMap((mine): Split[] => {
    const { campaign, version, after } = mine[0]?.place ?? { campaign: '', version: '', after: null };
    const fitting = splits.filter(
      ([first, ...rest]) =>
        first?.campaign === campaign &&
        first.version === version &&
        mine.every(({ arm }) => [first, ...rest].some((row) => row.arm === arm)),
    );
    const behind = fitting.length > 1 ? ways.get(JSON.stringify([campaign, version]))?.get(after) : undefined;
    const [found, second] = behind ? fitting.filter(([first]) => first && behind.has(first.split)) : fitting;
    const [row] = found ?? [];
    if (!found || !row || second) return [];
    // There is nothing to compare if one arm has all customers.
    const drawn = found.filter(({ share }) => share > 0);
    if (drawn.length < 2) return [];
    const written = drawn.map(({ arm, control, share }) => {
      const inside = mine.filter((station) => station.arm === arm);
      return { arm, control, share, paths: inside.map(({ path }) => path) };
    });
    const began = Math.min(...mine.map((station) => station.began));
    return [
      {
        campaign,
        version,
        split: row.split,
        after,
        redraw: row.redraw ?? false,
        began,
        template: row.template,
        arms: written,
      },
    ];
  });
}

/** Returns the ways of the versions with several splits, in which a split may have the arms of another. */
async function waysOf(db: Database, splits: ArmRow[][]): Promise<Map<string, ReturnType<typeof splitsBehind>>> {
  const versions = splits.flatMap(([first]) => (first ? [JSON.stringify([first.campaign, first.version])] : []));
  const several = new Set(versions.filter((key, i) => versions.indexOf(key) !== i));
  if (several.size === 0) return new Map();
  const rows = await db.query<{ campaign: string; version: string; definition: string }>(
    sql`SELECT campaign, version, definition FROM campaign`,
  );
  return new Map(
    rows.flatMap(({ campaign, version, definition }) => {
      const key = JSON.stringify([campaign, version]);
      return several.has(key) ? [[key, splitsBehind(JSON.parse(definition) as CompiledCampaign)]] : [];
    }),
  );
}

/** Returns the draws by which a customer came into an arm: one for each part of its name. */
function stations({ campaign, version, arm, began }: Path) {
  const parts = arm.split('/');
  return parts.map((part, i) => ({
    place: { campaign, version, after: i === 0 ? null : parts.slice(0, i).join('/') },
    arm: part,
    path: arm,
    began,
  }));
}
