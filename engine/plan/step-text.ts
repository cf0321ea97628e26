import type { ChannelKind } from '../../spec/model/channel-kinds.ts';
import { printDuration } from '../../spec/words/durations.ts';
import type { CompiledMatch, Query, SendRow, StepRow } from '../program/program.ts';
import type { Condition } from './conditions.ts';

/** The kind of each channel of the project, by name. */
export type Kinds = ReadonlyMap<string, ChannelKind>;

/** A step in the words of its file. */
export function stepText(step: StepRow, read: (query: Query) => Condition, kinds: Kinds): string {
  switch (step.kind) {
    case 'wait':
      return `wait ${printDuration(step.ms)}`;
    case 'until':
      return `wait until ${step.weekdays ? `${weekdays(step.weekdays)} ` : ''}${clock(step.minuteOfDay)}`;
    case 'await':
      return `wait for ${matchText(step.match, read)} within ${printDuration(step.within)}`;
    case 'prefer':
      return `cascade in preferred order: ${step.stages.map((stage) => stage.channel).join(', ')}`;
    case 'set':
      return `set ${step.values.map(({ attribute, value }) => `${attribute} = ${read(value).text}`).join(', ')}`;
    case 'add':
      return `add to segment ${step.segment}`;
    case 'remove':
      return `remove from segment ${step.segment}`;
    case 'send':
      return sendText(step, kinds.get(step.channel));
    case 'split':
      return `split ${step.arms
        .map((arm) => `${arm.name} ${percent(arm.to - arm.from)}${arm.control ? ' (control)' : ''}`)
        .join(', ')}${step.sticky === false ? ', drawn anew each time' : ''}`;
    case 'if':
      return `if ${read(step.condition).text}`;
    case 'exit':
      return `exit ${step.reason}`;
  }
}

function sendText({ channel, template, until, within }: SendRow, kind: ChannelKind | undefined): string {
  if (kind === 'webhook') return `webhook ${channel}${template ? `: ${template.split(' ').join(', ')}` : ''}`;
  const wait = until && within ? `, until ${until} within ${printDuration(within)}` : '';
  return `${kind === 'task' ? 'task' : 'send'} ${channel} ${template}${wait}`;
}

export function matchText({ event, when }: CompiledMatch, read: (query: Query) => Condition): string {
  return when ? `${event} when ${read(when).text}` : event;
}

const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** `bits`: one a day, from Monday on. */
function weekdays(bits: number): string {
  return days.filter((_, i) => bits & (1 << i)).join(' and ');
}

/** `minuteOfDay`: 0 to 1439. */
export function clock(minuteOfDay: number): string {
  const pad = (part: number) => String(part).padStart(2, '0');
  return `${pad(Math.floor(minuteOfDay / 60))}:${pad(minuteOfDay % 60)}`;
}

function percent(share: number): string {
  return `${Math.round(share * 10_000) / 100}%`;
}
