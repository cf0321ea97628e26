import type { CompiledCampaign, StepRow } from '../program/program.ts';

/** The counterpart of a step of an earlier version: its step in the new one, or why there is none. */
export type Mapped = { to: StepRow } | { lost: 'gone' | 'other-kind' };

/**
 * Returns for each step of an earlier version the step of the new one at which its customers can stand: the one that `moved` names, else
 * the one of the same id; it is of the same kind. Pure.
 */
export function mapSteps(campaign: CompiledCampaign, old: CompiledCampaign): Map<string, Mapped> {
  const steps = new Map(campaign.steps.map((step) => [step.id, step]));
  const movedTo = new Map(Object.entries(campaign.moved ?? {}).map(([now, before]) => [before, now]));
  const mapped = (step: StepRow): Mapped => {
    // A step that `moved` names by the id of its position may have kept the earlier one.
    const to = steps.get(movedTo.get(step.id) ?? step.id) ?? steps.get(step.id);
    if (!to) return { lost: 'gone' };
    return step.kind === to.kind ? { to } : { lost: 'other-kind' };
  };
  return new Map(old.steps.map((step) => [step.id, mapped(step)]));
}
