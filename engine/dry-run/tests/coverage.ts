import type { CompiledCampaign, Program, StepRow } from '../../program/program.ts';
import type { Place, TestResult } from './result.ts';

/** Which of a campaign's places tests have reached: its steps, and the ways where they part. */
export interface Coverage {
  campaign: string;
  tests: number;
  places: number;
  reached: number;
  /** Rounded down; of a campaign without steps, 100. */
  percent: number;
  /** Not reached by any, in the journey's order. What could only be reached through another of them is not listed. */
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
    return [{ step, kind }, ...waysOf(row).map(({ way }) => ({ step, kind, way }))];
  });
}

/** Returns the steps to which a step leads by choice. An if or an awaited event with nothing on either side has no sides. */
function waysOf(row: StepRow): { way: string; to: string | null }[] {
  if (row.kind === 'split') return row.arms.map(({ name, next }) => ({ way: name, to: next }));
  if ((row.kind !== 'if' && row.kind !== 'await') || row.next === row.otherwise) return [];
  return [
    { way: 'then', to: row.next },
    { way: 'else', to: row.otherwise },
  ];
}

/** Returns true if every way to a place leads through one that is not reached either. */
function follows({ steps }: CompiledCampaign, { step, way }: Place, unseen: Set<string>): boolean {
  if (way !== undefined) return unseen.has(key({ step }));
  const from = steps.flatMap((row) => leads(row).filter(({ to }) => to === step));
  return from.length > 0 && from.every((place) => unseen.has(key(place)));
}

function leads(row: StepRow): (Place & { to: string | null })[] {
  const ways = waysOf(row);
  if (ways.length > 0) return ways.map(({ way, to }) => ({ step: row.id, way, to }));
  if (row.kind === 'prefer') return row.stages.map(({ id }) => ({ step: row.id, to: id }));
  const next = 'next' in row ? [{ step: row.id, to: row.next }] : [];
  return 'otherwise' in row ? [...next, { step: row.id, to: row.otherwise }] : next;
}
