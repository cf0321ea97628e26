import type { TestResult } from '../engine/dry-run/tests/result.ts';
import { hash } from '../engine/program/hash.ts';
import type { Program } from '../engine/program/program.ts';
import type { CampaignTest } from '../spec/model/test.ts';

/** Keeps the results of tests until something changes that they depend on. */
export class TestMemory {
  private readonly known = new Map<string, { key: string; result: TestResult }>();

  /** The tests whose outcome is not known. */
  changed(program: Program, tests: CampaignTest[]): CampaignTest[] {
    const key = keys(program);
    return tests.filter((test) => this.known.get(test.name)?.key !== key(test));
  }

  /** Adds results; returns those of all the tests, as far as they are known. */
  remember(program: Program, tests: CampaignTest[], results: TestResult[]): TestResult[] {
    const key = keys(program);
    for (const result of results) this.known.set(result.test.name, { key: key(result.test), result });
    return tests.flatMap((test) => {
      const found = this.known.get(test.name);
      return found && found.key === key(test) ? [found.result] : [];
    });
  }
}

/** Returns a function from a test to its key, which no other campaign is part of. */
function keys({ campaigns, hash: _, ...rest }: Program): (test: CampaignTest) => string {
  const common = hash(rest);
  const versions = new Map(campaigns.map((campaign) => [campaign.name, campaign.hash]));
  return (test) => hash([common, versions.get(test.campaign), test]);
}
