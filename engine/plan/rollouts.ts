import type { Guardrails, RolloutStage } from '../../spec/model/campaign.ts';
import { canonical } from '../program/hash.ts';
import type { CompiledCampaign, Program } from '../program/program.ts';
import { readCursors } from '../store/cursor.ts';
import type { Database } from '../store/database.ts';
import { type RolloutState, rolloutState, stageAt, stagesFrom } from '../store/rollout-state.ts';

/** The rollout and the guardrails of a campaign, as they will be after an apply. */
export interface PlannedRollout {
  campaign: string;
  /** `apply`: the stages begin with the apply; `store`: they go on; absent: there is no rollout. */
  begins?: 'apply' | 'store';
  /** The present stage and those to come. */
  stages: PlannedStage[];
  /** Guardrails have paused the campaign, and keep it in the present stage. */
  held?: true;
  guardrails?: Guardrails;
}

/** `from`: the instant from which on the share is let in, epoch milliseconds; absent: after a stage that lasts until it is promoted, or is held. */
export type PlannedStage = RolloutStage & { from?: number };

/** The present stages of the applied rollouts, by campaign. */
export type RolloutStates = Readonly<Record<string, RolloutState>>;

export async function rolloutStates(db: Database, applied: Program): Promise<RolloutStates> {
  const staged = applied.campaigns.filter(({ rollout }) => rollout);
  if (staged.length === 0) return {};
  const cursors = await readCursors(db);
  return Object.fromEntries(staged.map(({ name }) => [name, rolloutState(cursors, name)]));
}

/**
 * Returns the rollouts and guardrails that an apply at `from` (epoch milliseconds) begins or changes, and the rollouts that are not in their last stage.
 * `states`: of the store; without any nothing goes on. Pure.
 */
export function plannedRollouts(
  desired: Program,
  applied: Program | undefined,
  states: RolloutStates,
  from: number,
): PlannedRollout[] {
  const before = new Map(applied?.campaigns.map((campaign) => [campaign.name, campaign]));
  return desired.campaigns.flatMap((campaign) => {
    const { name, rollout = [], guardrails } = campaign;
    const same = (part: (one: CompiledCampaign) => unknown) => {
      const old = before.get(name);
      return old !== undefined && canonical(part(old) ?? null) === canonical(part(campaign) ?? null);
    };
    const stays = same((one) => one.rollout);
    const state = stays ? states[name] : { stage: 0, since: from };
    const stages = state ? stagesToCome(rollout, state, from) : [];
    const news = (stages.length > 0 && !stays) || (guardrails && !same((one) => one.guardrails));
    if (!news && stages.length < 2) return [];
    return [
      {
        campaign: name,
        ...(stages.length > 0 && { begins: stays ? ('store' as const) : ('apply' as const) }),
        stages,
        ...(state?.held && { held: state.held }),
        ...(guardrails && { guardrails }),
      },
    ];
  });
}

function stagesToCome(stages: readonly RolloutStage[], state: RolloutState, now: number): PlannedStage[] {
  if (stages.length === 0) return [];
  const present = stageAt(stages, state, now);
  const dated = stagesFrom(stages, state).slice(present - state.stage);
  return [...dated, ...stages.slice(present + dated.length)];
}
