import type { Split, Step } from '../../model/campaign.ts';

export interface Sent {
  channel: string;
  /** Absent for a webhook. */
  template?: string;
}

/** Everything that a journey may send. */
export function sentBy(steps: Step[]): Sent[] {
  return steps.flatMap((step) => {
    switch (step.kind) {
      case 'send':
      case 'task':
        return [step];
      case 'webhook':
        return [{ channel: step.channel }];
      case 'cascade':
        return step.stages;
      case 'split':
        return step.arms.flatMap((arm) => sentBy(arm.steps));
      default:
        return 'then' in step ? [...sentBy(step.then), ...sentBy(step.else)] : [];
    }
  });
}

/** The reasons that its exit steps give. */
export function exitsOf(steps: Step[]): string[] {
  return steps.flatMap((step) => {
    if (step.kind === 'exit') return [step.reason];
    if (step.kind === 'split') return step.arms.flatMap((arm) => exitsOf(arm.steps));
    return 'then' in step ? [...exitsOf(step.then), ...exitsOf(step.else)] : [];
  });
}

/** Its splits, those inside of others too. */
export function splitsOf(steps: Step[]): Split[] {
  return steps.flatMap((step) => {
    if (step.kind === 'split') return [step, ...step.arms.flatMap((arm) => splitsOf(arm.steps))];
    return 'then' in step ? [...splitsOf(step.then), ...splitsOf(step.else)] : [];
  });
}
