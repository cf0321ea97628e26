import { printDuration } from '../../spec/expression/durations.ts';
import type { Query, StepRow } from '../compile/program.ts';
import type { Condition } from './conditions.ts';

/** A step in the words of its file. */
export function stepText(step: StepRow, read: (query: Query) => Condition): string {
  switch (step.kind) {
    case 'wait':
      return `wait ${printDuration(step.ms)}`;
    case 'until':
      return `wait until ${clock(step.minuteOfDay)}`;
    case 'send': {
      const wait = step.until && step.within ? `, until ${step.until} within ${printDuration(step.within)}` : '';
      return `send ${step.channel} ${step.template}${wait}`;
    }
    case 'split':
      return `split ${step.arms
        .map((arm) => `${arm.name} ${percent(arm.to - arm.from)}${arm.control ? ' (control)' : ''}`)
        .join(', ')}`;
    case 'if':
      return `if ${read(step.condition).text}`;
    case 'exit':
      return `exit ${step.reason}`;
  }
}

/** `minuteOfDay`: 0 to 1439. */
export function clock(minuteOfDay: number): string {
  const pad = (part: number) => String(part).padStart(2, '0');
  return `${pad(Math.floor(minuteOfDay / 60))}:${pad(minuteOfDay % 60)}`;
}

function percent(share: number): string {
  return `${Math.round(share * 10_000) / 100}%`;
}
