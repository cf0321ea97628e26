import type { DataModel, Field } from '../../spec/model/data.ts';
import { printDuration } from '../../spec/words/durations.ts';
import { later } from '../../spec/words/t.ts';
import type { StuckAt } from '../deploy/move-inside.ts';
import { sendsOf } from '../program/facts.ts';
import type { CompiledCampaign, Program } from '../program/program.ts';
import { fieldColumns } from '../store/tables.ts';
import type { Change } from './change.ts';
import type { InFlight } from './effects.ts';
import { leftOut } from './left-out.ts';
import { doubtfulMoves } from './moved-steps.ts';

/**
 * A warning to read before an apply. `blocked`: apply refuses; `guarded`, `breaking`: it refuses unless it is told to; `lacking`: messages are sent only
 * where something is that was not there when the plan was made; `destructive`: apply does it, and it cannot be undone; `reversible`: it can, for a time; `doubtful`: it is hardly meant.
 */
export interface Notice {
  level: 'blocked' | 'guarded' | 'breaking' | 'lacking' | 'destructive' | 'reversible' | 'doubtful';
  address: string;
  message: string;
  help: string;
  /** The word by which `--allow` lets it pass, of a guard. */
  allow?: string;
}

/** A channel whose secret was not there when the plan was made. `reference`: `env:NAME` or `file:PATH`. */
export interface Lacking {
  channel: string;
  reference: string;
}

export function notices(
  desired: Program,
  applied: Program | undefined,
  changes: Change[],
  inFlight: InFlight[],
  lacking: Lacking[],
): Notice[] {
  if (!applied) return [...lacking.map(lacked), ...leftOut(desired, applied)];
  const removed = changes.filter((change) => change.action === 'remove');
  return [
    ...retyped(applied.data, desired.data),
    ...lacking.map(lacked),
    ...inFlight.flatMap(stuckIn),
    ...removed.flatMap((change) =>
      change.kind === 'campaign' ? [endedCampaign(change, inFlight, resumeWithin(applied, change.name))] : [],
    ),
    ...removed.flatMap((change) => (change.kind === 'channel' ? lostChannel(change, applied) : [])),
    ...changes.flatMap((change) => brokenCampaign(change, inFlight)),
    ...changedCampaigns(desired, applied).flatMap(([after, before]) => doubtfulMoves(after, before)),
    ...leftOut(desired, applied),
  ];
}

function lacked({ channel, reference }: Lacking): Notice {
  return {
    level: 'lacking',
    address: `channel.${channel}`,
    message: later`The channel ${channel} takes its address from \`${reference}\`, which is not there.`,
    help: later`Set it where \`crm run\` or \`crm tick\` sends; a plan needs none.`,
  };
}

/** A stored column keeps its type, so values of another would not fit. */
function retyped(before: DataModel, after: DataModel): Notice[] {
  const kinds = after.events.flatMap((kind) => {
    const old = before.events.find((one) => one.name === kind.name);
    return old ? clashes(`event.${kind.name}`, old.fields, kind.fields) : [];
  });
  return [...clashes('data.customers', before.customers.attributes, after.customers.attributes), ...kinds];
}

function clashes(address: string, before: Field[], after: Field[]): Notice[] {
  const stored = new Map(fieldColumns(before).map((column) => [column.name, column.type]));
  const types = new Map(before.map((field) => [field.name, field.type]));
  return after.flatMap((field): Notice[] => {
    const [column] = fieldColumns([field]);
    const old = stored.get(field.name);
    if (old === undefined || old === column?.type) return [];
    return [
      {
        level: 'blocked',
        address,
        message: later`"${field.name}" would turn from ${types.get(field.name) ?? ''} into ${field.type}, but the store keeps the values that it has.`,
        help: later`Keep its type, or declare a new ${field.type} under another name.`,
      },
    ];
  });
}

function resumeWithin(applied: Program, name: string): number {
  return applied.campaigns.find((campaign) => campaign.name === name)?.resumeWithin ?? 0;
}

/** `resumeWithin`: how long its customers can be taken up again, milliseconds. */
function endedCampaign({ address, name }: Change, inFlight: InFlight[], resumeWithin: number): Notice {
  const mine = inFlight.filter((one) => one.campaign === name);
  const sum = (of: (one: InFlight) => number) => mine.reduce((total, one) => total + of(one), 0);
  const active = sum((one) => one.active);
  const waiting = sum((one) => one.waiting);
  return {
    level: resumeWithin > 0 ? 'reversible' : 'destructive',
    address,
    message: endedWords(name, active, waiting, resumeWithin),
    help: later`To let them finish first, keep the campaign and give it an audience that admits nobody new.`,
  };
}

function endedWords(name: string, active: number, waiting: number, resumeWithin: number): string {
  if (active + waiting === 0) return later`The campaign ${name} is removed; nobody is inside it.`;
  const leave =
    active === 1
      ? later`${active} customer inside it leaves at once`
      : later`${active} customers inside it leave at once`;
  const unsent =
    waiting === 1
      ? later`${waiting} message already decided is not sent`
      : later`${waiting} messages already decided are not sent`;
  return resumeWithin > 0
    ? later`The campaign ${name} is removed: ${leave}, and ${unsent}. Put back within ${printDuration(resumeWithin)}, it takes them up again where they stood.`
    : later`The campaign ${name} is removed: ${leave}, and ${unsent}.`;
}

/** The steps from which customers are to move and cannot. */
function stuckIn({ campaign, version, steps }: InFlight): Notice[] {
  return steps.flatMap((one) =>
    one.becomes === 'stuck'
      ? [stuckNotice({ campaign, version, why: one.why, step: one.step, customers: one.customers })]
      : [],
  );
}

/** The refusal of a version that is to take over customers at a step and cannot. */
export function stuckNotice({ campaign, version, step, customers: n, why }: StuckAt): Notice {
  const stand =
    n === 1
      ? later`${n} customer stands at step "${step}" of version ${version}`
      : later`${n} customers stand at step "${step}" of version ${version}`;
  return {
    level: 'blocked',
    address: `campaign.${campaign}`,
    message:
      why === 'other-event'
        ? later`The campaign ${campaign} cannot take over who is inside: ${stand}, and it starts by another event than the one that brought them in.`
        : later`The campaign ${campaign} cannot take over who is inside: ${stand}, and it has no such step.`,
    help:
      why === 'other-event'
        ? later`Let them finish: \`in_flight: finish\`. Or let them leave: \`in_flight: exit\`.`
        : later`Say under \`moved\` which step of the same kind it is now, or keep the step; or choose \`in_flight: finish\` or \`follow\`.`,
  };
}

/** Warns of breaking changes of a campaign that stays and of a template; other breaking changes have warnings of their own. */
function brokenCampaign(
  { class: judged, action, kind, address, name, reasons }: Change,
  inFlight: InFlight[],
): Notice[] {
  const isStuck = inFlight.some((one) => one.campaign === name && stuckIn(one).length > 0);
  if (judged !== 'breaking' || (kind === 'campaign' && isStuck)) return [];
  const finish = inFlight.some(
    (one) => one.campaign === name && one.steps.some(({ becomes }) => becomes === 'finishes'),
  );
  if (kind === 'campaign' && action === 'change')
    return reasons.map((reason) => ({
      level: 'breaking',
      address,
      message: later`In the campaign ${name}, ${reason}.`,
      help: finish
        ? later`Keep the step until nobody stands there, or say under \`moved\` which step it is now. If the change is allowed, they finish on the version that they are in.`
        : later`Keep the step until nobody stands there, or say under \`moved\` which step it is now.`,
    }));
  if (kind !== 'template') return [];
  return reasons.map((reason) => ({
    level: 'breaking',
    address,
    message: later`The template ${name} is removed, and ${reason}.`,
    help: later`Keep the template until those versions have run out; \`crm status\` shows who is inside.`,
  }));
}

function changedCampaigns(desired: Program, applied: Program): [CompiledCampaign, CompiledCampaign][] {
  const before = new Map(applied.campaigns.map((campaign) => [campaign.name, campaign]));
  return desired.campaigns.flatMap((after): [CompiledCampaign, CompiledCampaign][] => {
    const old = before.get(after.name);
    return old ? [[after, old]] : [];
  });
}

function lostChannel({ address, name }: Change, { campaigns }: Program): Notice[] {
  const senders = campaigns.filter((campaign) => sendsOf(campaign).some(({ channel }) => channel === name));
  if (senders.length === 0) return [];
  const names = senders.map((campaign) => campaign.name).join(', ');
  return [
    {
      level: 'destructive',
      address,
      message: later`The channel ${name} is removed: customers inside ${names} as applied now go on without its messages.`,
      help: later`Keep the channel until those versions have run out; \`crm status\` shows who is inside.`,
    },
  ];
}
