import { createHash } from 'node:crypto';
import type { CampaignTest } from '../../../spec/model/test.ts';
import { later } from '../../../spec/words/t.ts';
import type { CompiledCampaign, Program, StepRow } from '../../program/program.ts';

/** A test whose customers have ids for the store. */
export interface PreparedTest {
  test: CampaignTest;
  /** The test's id of a customer → the store's. */
  ids: Map<string, string>;
}

/** Returns the number in [0, 1) of a text, by the bucket of the dialects. */
function bucket(text: string): number {
  return Number.parseInt(createHash('md5').update(text).digest('hex').slice(0, 13), 16) / 2 ** 52;
}

/** A part of the range of a bucket. */
interface Slot {
  salt: string;
  from: number;
  to: number;
}

/** An arm of 0.01 % of another one of 0.01 % is found after some 10^8 tries, which nobody needs. */
const mostTries = 3_000_000;

/**
 * Gives each customer of a test an id of their own, unlike those of any other test, by which they get the wanted
 * arms and are outside every hold-out and in the first stage of a rollout, as they would be in production. It depends on the test alone. `problems`: sentences.
 */
export function prepareTest(
  program: Program,
  campaign: CompiledCampaign,
  test: CampaignTest,
): PreparedTest | { problems: string[] } {
  const arms = Object.entries(test.arms).map(([split, arm]) => slotOf(campaign, split, arm));
  const problems = arms.filter((found) => typeof found === 'string');
  if (problems.length > 0) return { problems };
  const slots = [
    ...arms.filter((found) => typeof found !== 'string'),
    ...outsideHoldouts(program, campaign),
    ...firstStage(campaign),
  ];
  const ids = new Map<string, string>();
  for (const { id } of test.customers) {
    const found = draw(`${test.name}:${id}`, slots);
    if (found === undefined)
      return { problems: [later`No customer falls into all these arms: ${Object.values(test.arms).join(', ')}.`] };
    ids.set(id, found);
  }
  return { test, ids };
}

function draw(name: string, slots: Slot[]): string | undefined {
  for (let n = 0; n < mostTries; n++) {
    const id = n === 0 ? name : `${name}:${n}`;
    const fits = ({ salt, from, to }: Slot) => {
      const place = bucket(`${salt}/${id}`);
      return place >= from && place < to;
    };
    if (slots.every(fits)) return id;
  }
  return undefined;
}

function slotOf(campaign: CompiledCampaign, split: string, arm: string): Slot | string {
  const row = campaign.steps.find((step): step is Extract<StepRow, { kind: 'split' }> => {
    return 'arms' in step && step.id === split;
  });
  if (!row) return later`${campaign.name} has no split "${split}".`;
  if (row.sticky === false)
    return later`Split "${split}" draws a customer anew each time (sticky: false), so no test can choose an arm of it. Leave it out of \`arms\`, and expect what is the same in every arm.`;
  const found = row.arms.find(({ name }) => name === arm);
  return found ? { salt: row.salt, from: found.from, to: found.to } : later`Split "${split}" has no arm "${arm}".`;
}

function firstStage({ name, rollout }: CompiledCampaign): Slot[] {
  return (rollout ?? []).slice(0, 1).map(({ share }) => ({ salt: `rollout/${name}`, from: 0, to: share / 10_000 }));
}

function outsideHoldouts({ holdouts }: Program, { name, category }: CompiledCampaign): Slot[] {
  if (category !== 'marketing') return [];
  return holdouts
    .filter(({ campaigns }) => campaigns?.includes(name) ?? true)
    .map(({ salt, share }) => ({ salt: `holdout/${salt}`, from: share / 10_000, to: 1 }));
}
