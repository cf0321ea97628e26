import type { CampaignTest } from '../../../spec/model/test.ts';
import { later } from '../../../spec/words/t.ts';
import { hash } from '../../program/hash.ts';
import type { CompiledCampaign, Program } from '../../program/program.ts';
import { type Cast, castOf } from './cast.ts';

/** Tests of one campaign that are played on one store. None can tell that the others are there. */
export interface World {
  /** The program with the tests' own campaigns only. */
  program: Program;
  campaign: CompiledCampaign;
  /** Epoch milliseconds. */
  start: number;
  /** After the start, milliseconds. */
  launches: number[];
  casts: Cast[];
}

export interface Unplayable {
  test: CampaignTest;
  /** Sentences. */
  problems: string[];
}

/**
 * A tick costs much the same for one customer and for hundreds, so tests share a store. What concerns everybody in it
 * they must have in common: when it begins, and launches. Where customers are ranked against each other, each is alone.
 */
export function worldsOf(program: Program, tests: CampaignTest[]): { worlds: World[]; unplayable: Unplayable[] } {
  const worlds: World[] = [];
  const unplayable: Unplayable[] = [];
  for (const [name, mine] of Map.groupBy(tests, (test) => test.campaign)) {
    const campaign = program.campaigns.find((one) => one.name === name);
    if (!campaign) {
      unplayable.push(...mine.map((test) => ({ test, problems: [later`There is no campaign "${name}".`] })));
      continue;
    }
    const own = narrowed(program, campaign);
    const ranks = ranksCustomers(own);
    const alike = ({ name, start, launches }: CampaignTest) =>
      JSON.stringify(ranks ? name : [start, launches.toSorted((a, b) => a - b)]);
    for (const together of Map.groupBy(mine, alike).values()) {
      const [first] = together;
      if (!first) continue;
      const casts = together.flatMap((test): Cast[] => {
        const cast = castOf(own, campaign, test);
        if (!('problems' in cast)) return [cast];
        unplayable.push({ test, problems: cast.problems });
        return [];
      });
      const { start, launches } = first;
      if (casts.length > 0) worlds.push({ program: own, campaign, start, launches, casts });
    }
  }
  return { worlds, unplayable };
}

function narrowed(program: Program, campaign: CompiledCampaign): Program {
  const { hash: _, ...body } = { ...program, campaigns: [campaign], worlds: true };
  return { ...body, hash: hash(body) };
}

/** Returns true if anybody's fate can depend on how they compare with others: on a percentile, or on a quintile of RFM. */
function ranksCustomers({ campaigns, segments }: Program): boolean {
  const watched = new Set(campaigns.flatMap(({ trigger }) => ('segment' in trigger ? [trigger.segment] : [])));
  let found = false;
  JSON.stringify([campaigns, segments.filter(({ name }) => watched.has(name))], (_key, part: unknown) => {
    if (typeof part === 'object' && part !== null && 'kind' in part)
      found ||= part.kind === 'ranked' || part.kind === 'scored';
    return part;
  });
  return found;
}
