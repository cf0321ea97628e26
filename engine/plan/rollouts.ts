import type { Guardrails } from '../../spec/model/campaign.ts';
import { rolledOut } from '../deploy/rollouts.ts';
import { type AtOnce, type Before, earlierVersion, givenAtOnce } from '../deploy/versions-before.ts';
import { canonical } from '../program/hash.ts';
import type { CompiledCampaign, Program } from '../program/program.ts';
import { type PlannedStage, type StagedChange, stagedChange, stagesOf, stagesToCome } from '../store/rollout-state.ts';

/** The rollout and the guardrails of a campaign, as they will be after an apply. */
export interface PlannedRollout {
  campaign: string;
  /** `apply`: the stages begin with the apply; `store`: they go on; absent: there is no rollout. */
  begins?: 'apply' | 'store';
  /** The present stage and those to come. */
  stages: PlannedStage[];
  /** Present where the stages are those of a change. */
  change?: StagedChange;
  /** The change has a rollout, and is given to everybody at once all the same. */
  atOnce?: AtOnce;
  /** Guardrails have paused the campaign, and keep it in the present stage. */
  held?: true;
  guardrails?: Guardrails;
}

/**
 * Returns the rollouts and guardrails that an apply at `from` (epoch milliseconds) begins or changes, and the rollouts that are not in their last stage.
 * `desired`: with the versions before. Pure.
 */
export function plannedRollouts(desired: Program, before: Before, from: number): PlannedRollout[] {
  const { applied, states } = before;
  const old = new Map(applied?.campaigns.map((campaign) => [campaign.name, campaign]));
  return desired.campaigns.flatMap((campaign) => {
    const { name, guardrails } = campaign;
    const earlier = old.get(name);
    const stays = earlier !== undefined && rolledOut(earlier) === rolledOut(campaign);
    const state = stays ? states[name] : { stage: 0, since: from };
    const stages = state ? stagesToCome(stagesOf(campaign), state, from) : [];
    const watched = guardrails && canonical(earlier?.guardrails ?? null) !== canonical(guardrails);
    const change = stagedChange(campaign);
    const atOnce = change ? undefined : reasonAtOnce(campaign, desired, before);
    if (!(stages.length > 0 && !stays) && !watched && stages.length < 2 && !atOnce) return [];
    return [
      {
        campaign: name,
        ...(stages.length > 0 && { begins: stays ? ('store' as const) : ('apply' as const) }),
        stages,
        ...(change && { change }),
        ...(atOnce && { atOnce }),
        ...(state?.held && { held: state.held }),
        ...(guardrails && { guardrails }),
      },
    ];
  });
}

function reasonAtOnce(campaign: CompiledCampaign, desired: Program, before: Before): AtOnce | undefined {
  const earlier = earlierVersion(campaign, before);
  return earlier && givenAtOnce(campaign, earlier, desired, before.applied);
}
