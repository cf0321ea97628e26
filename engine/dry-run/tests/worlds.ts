import type { CampaignTest } from '../../../spec/model/test.ts';
import { later } from '../../../spec/words/t.ts';
import { hash } from '../../program/hash.ts';
import type { CompiledCampaign, Program } from '../../program/program.ts';
import { scalesInUse } from '../../program/scales.ts';
import { type PreparedTest, prepareTest } from './prepare-test.ts';

/** Tests of one campaign that share a store without any effect on each other. */
export interface World {
  /** The program with the tests' own campaigns only. */
  program: Program;
  campaign: CompiledCampaign;
  /** Epoch milliseconds. */
  start: number;
  /** After the start, milliseconds. */
  launches: number[];
  tests: PreparedTest[];
}

export interface Impossible {
  test: CampaignTest;
  /** Sentences. */
  problems: string[];
}

/**
 * A tick costs much the same for one customer and for hundreds, so tests share a store. They must have in common what concerns
 * the whole store: the start and the launches. Where customers are ranked against each other, each test has its own.
 */
export function worldsOf(program: Program, tests: CampaignTest[]): { worlds: World[]; impossible: Impossible[] } {
  const worlds: World[] = [];
  const impossible: Impossible[] = [];
  for (const [name, mine] of Map.groupBy(tests, (test) => test.campaign)) {
    const campaign = program.campaigns.find((one) => one.name === name);
    if (!campaign) {
      impossible.push(...mine.map((test) => ({ test, problems: [later`There is no campaign "${name}".`] })));
      continue;
    }
    const own = narrowed(program, campaign);
    const ranks = scalesInUse(own, [campaign]).size > 0;
    const alike = ({ name, start, launches }: CampaignTest) =>
      JSON.stringify(ranks ? name : [start, launches.toSorted((a, b) => a - b)]);
    for (const together of Map.groupBy(mine, alike).values()) {
      const [first] = together;
      if (!first) continue;
      const tests = together.flatMap((test): PreparedTest[] => {
        const prepared = prepareTest(own, campaign, test);
        if (!('problems' in prepared)) return [prepared];
        impossible.push({ test, problems: prepared.problems });
        return [];
      });
      const { start, launches } = first;
      if (tests.length > 0) worlds.push({ program: own, campaign, start, launches, tests });
    }
  }
  return { worlds, impossible };
}

function narrowed(program: Program, campaign: CompiledCampaign): Program {
  const { hash: _, ...body } = { ...program, campaigns: [campaign], worlds: true };
  return { ...body, hash: hash(body) };
}
