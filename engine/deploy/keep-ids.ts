import { idWords } from '../../spec/constructs/steps/index.ts';
import { programHash } from '../program/hash.ts';
import type { CompiledCampaign, Next, Program, SendRow, StepRow } from '../program/program.ts';
import { versionOf } from '../program/version.ts';
import { relinked } from '../tick/steps/index.ts';
import { aligned } from './align.ts';

/**
 * Freezes the ids that are made of a step's position once they are applied: a step of both Programs keeps the id that it has
 * in the applied one, and a split what was drawn by it, also where steps were put in before them. Given ids stay as they
 * are; a step that is declared as `moved` keeps what was drawn for it, and the identities of its messages.
 */
export function keepIds(desired: Program, applied: Program): Program {
  const before = new Map(applied.campaigns.map((campaign) => [campaign.name, campaign]));
  const campaigns = desired.campaigns.map((campaign) => {
    const old = before.get(campaign.name);
    return old && old.hash !== campaign.hash ? keep(campaign, old) : campaign;
  });
  const program = { ...desired, campaigns };
  return { ...program, hash: programHash(program) };
}

function keep(campaign: CompiledCampaign, old: CompiledCampaign): CompiledCampaign {
  const names = renaming(campaign.steps, old.steps);
  const oldSteps = new Map(old.steps.map((step) => [step.id, step]));
  const to = (id: Next) => (id === null ? null : (names.get(id) ?? id));
  const steps = campaign.steps.map((step) => {
    const own = relinked(step, to);
    const earlier = oldSteps.get(campaign.moved?.[own.id] ?? own.id);
    if (own.kind === 'send') return keyed(own, keyOf(own, old.steps, campaign.moved));
    return 'salt' in own && earlier && 'salt' in earlier ? { ...own, salt: earlier.salt } : own;
  });
  const kept = { ...campaign, first: to(campaign.first), steps };
  return { ...kept, hash: versionOf(kept) };
}

/** Returns the id by which the messages of a send are known: with variants or without, it is one send. */
function keyOf({ id, among }: SendRow, old: StepRow[], moved: Record<string, string> = {}): string {
  const own = moved[id] ?? id;
  const whole = among === undefined ? own : (moved[among] ?? among);
  for (const step of old)
    if (step.kind === 'send' && (step.id === own || step.id === whole || step.among === whole))
      return step.key ?? step.id;
  return among === undefined ? id : whole;
}

/** Returns a send whose messages are known by the id that it had first. */
function keyed({ key: _, ...send }: SendRow, key: string): SendRow {
  return key === send.id ? send : { ...send, key };
}

/** Returns the ids to have by new id, for steps whose id is derived. */
function renaming(steps: StepRow[], old: StepRow[]): Map<string, string> {
  const taken = new Set(steps.filter(({ id }) => !isDerived(id)).map(({ id }) => id));
  const names = new Map<string, string>();
  for (const [step, earlier] of aligned(steps, old)) {
    if (!isDerived(step.id) || taken.has(earlier.id)) continue;
    names.set(step.id, earlier.id);
    taken.add(earlier.id);
  }
  const known = new Set(old.map(({ id }) => id));
  for (const { id } of steps) {
    if (!isDerived(id) || names.has(id)) continue;
    const free = taken.has(id) ? unused(id, (name) => taken.has(name) || known.has(name)) : id;
    names.set(id, free);
    taken.add(free);
  }
  return names;
}

/** Given ids have no points; derived ones have, except those of the outermost steps, which are a kind and a number. */
function isDerived(id: string): boolean {
  const [, word = ''] = /^(\w+)-\d+$/.exec(id) ?? [];
  return id.includes('.') || idWords.has(word);
}

function unused(id: string, isTaken: (id: string) => boolean): string {
  const [, stem = id, number = '0'] = /^(.*-)(\d+)$/.exec(id) ?? [id, `${id}-`];
  for (let n = Number(number) + 1; ; n++) if (!isTaken(`${stem}${n}`)) return `${stem}${n}`;
}
