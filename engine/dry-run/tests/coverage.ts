import type { CompiledCampaign, Program, StepRow } from '../../program/program.ts';
import { linksOf, rowKind } from '../../tick/steps/index.ts';
import type { Place, TestResult } from './result.ts';

/** The places of a campaign that tests have reached: its steps and their branches. */
export interface Coverage {
  campaign: string;
  tests: number;
  places: number;
  reached: number;
  /** The share that is reached, rounded down; 100 for a campaign without steps. */
  percent: number;
  /** The places that no test has reached, in the journey's order, without those that are only reached through another of them. */
  missed: Missed[];
}

export interface Missed extends Place {
  /** The kind of the step. */
  kind: StepRow['kind'];
}

/** Returns the coverage of all campaigns of the program, in its order; those without a test have nothing reached. */
export function coverage(program: Program, results: TestResult[]): Coverage[] {
  const byCampaign = Map.groupBy(results, ({ test }) => test.campaign);
  return program.campaigns.map((campaign) => of(campaign, byCampaign.get(campaign.name) ?? []));
}

/** Returns the coverage of all campaigns together. */
export function total(coverage: Coverage[]): number {
  const sum = (of: (one: Coverage) => number) => coverage.reduce((all, one) => all + of(one), 0);
  return percent(
    sum(({ reached }) => reached),
    sum(({ places }) => places),
  );
}

function percent(reached: number, places: number): number {
  return places === 0 ? 100 : Math.floor((reached / places) * 100);
}

function of(campaign: CompiledCampaign, results: TestResult[]): Coverage {
  const all = placesOf(campaign);
  const been = new Set(results.flatMap(({ observed }) => observed.places.map(key)));
  const missed = all.filter((place) => !been.has(key(place)));
  const unseen = new Set(missed.map(key));
  return {
    campaign: campaign.name,
    tests: results.length,
    places: all.length,
    reached: all.length - missed.length,
    percent: percent(all.length - missed.length, all.length),
    missed: missed.filter((place) => !follows(campaign, place, unseen)),
  };
}

function key({ step, way }: Place): string {
  return JSON.stringify([step, way]);
}

function placesOf({ steps }: CompiledCampaign): Missed[] {
  return steps.flatMap((row): Missed[] => {
    const { id: step, kind } = row;
    return [{ step, kind }, ...branchesOf(row).map(({ way }) => ({ step, kind, way }))];
  });
}

/** Returns the branches between which a step chooses. */
function branchesOf(row: StepRow): { way: string; to: string | null }[] {
  return rowKind(row).branches?.(row) ?? [];
}

/** Returns true if every way to a place leads through one that is not reached either. */
function follows({ steps }: CompiledCampaign, { step, way }: Place, unseen: Set<string>): boolean {
  if (way !== undefined) return unseen.has(key({ step }));
  const from = steps.flatMap((row) => leads(row).filter(({ to }) => to === step));
  return from.length > 0 && from.every((place) => unseen.has(key(place)));
}

function leads(row: StepRow): (Place & { to: string | null })[] {
  const ways = branchesOf(row);
  if (ways.length > 0) return ways.map(({ way, to }) => ({ step: row.id, way, to }));
  return linksOf(row).map((to) => ({ step: row.id, to }));
}
