import { expect, it } from 'vitest';
import type { Campaign } from '../../spec/model/campaign.ts';
import { campaign, day, program } from '../../test/world.ts';
import type { RolloutStates } from '../deploy/versions-before.ts';
import type { Program } from '../program/program.ts';
import { plannedRollouts } from './rollouts.ts';

const planned = (desired: Program, applied: Program | undefined, states: RolloutStates, now: number) =>
  plannedRollouts(desired, { applied, states, now }, now);

const at = Date.UTC(2026, 2, 2, 10);
const stages = [{ share: 1_000, lasts: 2 * day }, { share: 5_000 }, { share: 8_000, lasts: day }, { share: 10_000 }];
const guardrails = { limits: { complained: 10 }, minMessages: 200, within: 7 * day };
const world = (part: Partial<Campaign>) => program({ campaigns: [campaign(part)] });
const [plain, staged] = [world({}), world({ rollout: stages })];

it('a rollout that is new begins with the apply, and is dated up to the stage that waits to be promoted', () => {
  const [first, second, third, last] = stages;
  const dated = [{ ...first, from: at }, { ...second, from: at + 2 * day }, third, last];
  const expected = [{ campaign: 'cart', begins: 'apply', stages: dated }];
  expect(planned(staged, undefined, {}, at)).toEqual(expected);
  expect(planned(staged, plain, {}, at)).toEqual(expected);
  const other = world({ rollout: stages.slice(1) });
  expect(planned(staged, other, { cart: { stage: 2, since: at - day } }, at)).toEqual(expected);
});

it('a rollout that goes on is told from its present stage on, until it is in its last', () => {
  const going = (stage: number, since: number, held?: true) =>
    planned(staged, staged, { cart: { stage, since, ...(held && { held }) } }, at);
  expect(going(0, at - day)).toMatchObject([
    { begins: 'store', stages: [{ share: 1_000, from: at - day }, { from: at + day }, { share: 8_000 }, {}] },
  ]);
  expect(going(0, at - 2 * day)).toMatchObject([{ stages: [{ share: 5_000, from: at }, { share: 8_000 }, {}] }]);
  expect(going(0, at - 9 * day, true)).toEqual([
    {
      campaign: 'cart',
      begins: 'store',
      stages: [{ ...stages[0], from: at - 9 * day }, ...stages.slice(1)],
      held: true,
    },
  ]);
  expect(going(2, at - day)).toEqual([]);
  expect(planned(staged, staged, {}, at)).toEqual([]);
});

it('guardrails are told where they are new or others, with or without a rollout', () => {
  const guarded = world({ guardrails });
  expect(planned(guarded, plain, {}, at)).toEqual([{ campaign: 'cart', stages: [], guardrails }]);
  expect(planned(guarded, guarded, {}, at)).toEqual([]);
  const both = world({ guardrails, rollout: stages });
  expect(planned(both, staged, { cart: { stage: 3, since: at } }, at)).toMatchObject([
    { begins: 'store', stages: [{ share: 10_000 }], guardrails },
  ]);
  expect(planned(plain, guarded, {}, at)).toEqual([]);
});
