import sql, { empty } from 'sql-template-tag';
import type { Program } from '../program/program.ts';
import { readCursors } from '../store/cursor.ts';
import type { Database } from '../store/database.ts';
import { stillEntered, versionKey } from '../store/rollout-state.ts';
import { type Attribution, attributions } from './attribution.ts';
import { type EnrolmentRow, enrolmentRows } from './enrolments.ts';
import { type Experiment, experiments } from './experiments.ts';
import { type Figures, figures } from './figures.ts';
import { type HoldoutResults, holdoutResults } from './holdouts.ts';
import { compare, heardBy, type MessageRow, messageRows } from './messages.ts';
import type { Window } from './window.ts';

/** The results of campaigns. Instants are epoch milliseconds; money is in the project's currency, to four decimals. */
export interface Results extends Window {
  project: Program['project'];
  /**
   * True of a simulation. History that is replayed under a simulated campaign shows no effect of it, so no arms are compared, and no message gets
   * the credit for an order.
   */
  simulated: boolean;
  /** The instant of the last tick; undefined: the store has never ticked. */
  asOf: number | undefined;
  /** Ordered by name; campaigns without an entry or a decision in the window are left out. */
  campaigns: CampaignResults[];
  total: Figures;
  /** The events that are goals of applied campaigns, shared out among all messages: also those of campaigns that were not asked for. */
  attribution: Attribution[];
  /** The effect of all marketing, by hold-out, from its beginning until `to`; empty for a single campaign, and for a simulation. */
  holdouts: HoldoutResults[];
}

export interface CampaignResults {
  campaign: string;
  /** True if it is not applied any more. */
  removed: boolean;
  /** The time in which the goal of its present or last version counts, milliseconds; null where it has none. */
  goalWithin: number | null;
  total: Figures;
  /** The versions in the order in which customers entered them. `current`: customers enter it now; two do while a change is rolled out. */
  versions: (Figures & { version: string; current: boolean })[];
  /** Empty where customers were in no split. */
  arms: (Figures & { arm: string | null })[];
  /** The splits of its versions that have a goal, from the first customer of the version until `to`, whatever `from` is. */
  experiments: Experiment[];
  /** The steps in the order of the journey. */
  steps: (Pick<Figures, 'messages'> & { step: string; channel: string })[];
  channels: (Pick<Figures, 'messages'> & { channel: string })[];
  /** `openUntil`: until then a goal can still change the day's figures; null where none can after `asOf`. */
  days: (Figures & { day: string; openUntil: number | null })[];
  rows: { enrolments: EnrolmentRow[]; messages: MessageRow[] };
}

/** Adds up what ran. `campaign`: only this one. `simulated`: the store is that of a simulation. `arms`: false where nobody looks at experiments, which take long. */
export async function results(
  db: Database,
  program: Program,
  window: Window,
  {
    campaign,
    simulated = false,
    arms = true,
  }: { campaign?: string | undefined; simulated?: boolean; arms?: boolean } = {},
): Promise<Results> {
  const { project } = program;
  const cursors = await readCursors(db);
  const asOf = cursors.get('tick');
  const enrolments = await enrolmentRows(db, project.timezone, window, campaign);
  const messages = await messageRows(db, project.timezone, window, campaign);
  const heard = await heardBy(db);
  const names = [...new Set([...enrolments, ...messages].map((row) => row.campaign))].sort(compare);
  const tried = simulated || !arms ? [] : await experiments(db, program, window.to, campaign);
  const still = stillEntered(program.campaigns, cursors, asOf ?? window.to);
  const known = (await knownVersions(db, campaign)).map((one) => ({
    ...one,
    current: one.current || still.has(versionKey(one.campaign, one.version)),
  }));
  return {
    project,
    simulated,
    ...window,
    asOf,
    campaigns: names.map((name) =>
      campaignResults(
        name,
        known.filter((one) => one.campaign === name),
        enrolments.filter((row) => row.campaign === name),
        messages.filter((row) => row.campaign === name),
        tried.filter((row) => row.campaign === name),
        heard,
        asOf,
      ),
    ),
    total: figures(enrolments, messages, heard),
    attribution: simulated ? [] : await attributions(db, program, window, asOf ?? window.to),
    holdouts:
      simulated || campaign !== undefined
        ? []
        : await holdoutResults(db, program, Math.min(window.to, asOf ?? window.to)),
  };
}

interface Version extends Record<string, string | number | boolean | null> {
  campaign: string;
  version: string;
  current: boolean;
  goalWithin: number | null;
  began: number | null;
}

/** The versions that ever ran, the latest last. */
function knownVersions(db: Database, campaign: string | undefined): Promise<Version[]> {
  return db.query<Version>(sql`
    SELECT k.campaign, k.version, k.is_current AS "current", k.goal_within AS "goalWithin",
      e.began
    FROM campaign k LEFT JOIN (SELECT campaign, version, min(entered_at) AS began FROM enrolment GROUP BY campaign, version) e
      ON e.campaign = k.campaign AND e.version = k.version
    ${campaign === undefined ? empty : sql`WHERE k.campaign = ${campaign}`}
    ORDER BY k.is_current, e.began, k.version`);
}

function campaignResults(
  campaign: string,
  known: Version[],
  enrolments: EnrolmentRow[],
  messages: MessageRow[],
  tried: Experiment[],
  heard: ReadonlyMap<string, number>,
  asOf = Number.NEGATIVE_INFINITY,
): CampaignResults {
  const both = [...enrolments, ...messages];
  const of = (has: (row: EnrolmentRow | MessageRow) => boolean) =>
    figures(enrolments.filter(has), messages.filter(has), heard);
  const arms = distinct(both, (row) => row.arm).sort((a, b) => compare(a ?? '', b ?? ''));
  const latest = known.at(-1);
  return {
    campaign,
    removed: !known.some((one) => one.current),
    goalWithin: latest?.goalWithin ?? null,
    total: figures(enrolments, messages, heard),
    versions: known
      .filter(({ version }) => both.some((row) => row.version === version))
      .map(({ version, current }) => ({ version, current, ...of((row) => row.version === version) })),
    arms: arms.some((arm) => arm !== null) ? arms.map((arm) => ({ arm, ...of((row) => row.arm === arm) })) : [],
    experiments: tried,
    steps: distinct(messages, ({ step, channel }) => JSON.stringify([step, channel])).map((key) => {
      const [step, channel] = JSON.parse(key) as [string, string];
      const mine = messages.filter((row) => row.step === step && row.channel === channel);
      return { step, channel, messages: figures([], mine, heard).messages };
    }),
    channels: distinct(messages, (row) => row.channel)
      .sort(compare)
      .map((channel) => ({
        channel,
        messages: figures(
          [],
          messages.filter((row) => row.channel === channel),
          heard,
        ).messages,
      })),
    days: distinct(both, (row) => row.day)
      .sort(compare)
      .map((day) => ({ day, ...of((row) => row.day === day), openUntil: openUntil(enrolments, day, asOf) })),
    rows: { enrolments, messages },
  };
}

function openUntil(enrolments: EnrolmentRow[], day: string, asOf: number): number | null {
  const latest = Math.max(...enrolments.map((row) => (row.day === day ? (row.openUntil ?? asOf) : asOf)), asOf);
  return latest > asOf ? latest : null;
}

function distinct<Row, Key>(rows: Row[], key: (row: Row) => Key): Key[] {
  return [...new Set(rows.map(key))];
}
