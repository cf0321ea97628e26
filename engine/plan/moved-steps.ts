import { later } from '../../spec/words/t.ts';
import { aligned } from '../deploy/align.ts';
import type { CompiledCampaign } from '../program/program.ts';
import type { Notice } from './notices.ts';

/** Warns of a `moved` of a step that the applied version does not have, and of steps that have another id without one. Pure. */
export function doubtfulMoves(after: CompiledCampaign, before: CompiledCampaign): Notice[] {
  if (after.hash === before.hash && Object.keys(after.moved ?? {}).length === 0) return [];
  const address = `campaign.${after.name}`;
  const unknown = unknownMoves(after, before).map((id) => ({
    level: 'doubtful' as const,
    address,
    message: later`In the campaign ${after.name}, \`moved\` names the step "${id}", which the applied version does not have.`,
    help: later`Its steps are ${before.steps.map((step) => step.id).join(', ')}.`,
  }));
  const renamed = renamedSteps(after, before).map(({ from, to }) => ({
    level: 'doubtful' as const,
    address,
    message: later`In the campaign ${after.name}, the step "${from}" is gone, and "${to}" is new in its place.`,
    help: later`If it is the same step, say under \`moved\` that ${from} is now ${to}: its customers and its draws stay with it.`,
  }));
  return [...unknown, ...renamed];
}

/** Moves that were applied already stay in the file. */
function unknownMoves({ moved = {} }: CompiledCampaign, before: CompiledCampaign): string[] {
  const known = new Set(before.steps.map(({ id }) => id));
  return Object.entries(moved).flatMap(([now, old]) => (known.has(old) || before.moved?.[now] === old ? [] : [old]));
}

function renamedSteps(after: CompiledCampaign, before: CompiledCampaign): { from: string; to: string }[] {
  const [news, olds] = [after, before].map(({ steps }) => new Set(steps.map(({ id }) => id)));
  const moved = new Set(Object.values(after.moved ?? {}));
  return aligned(after.steps, before.steps).flatMap(([{ id: to }, { id: from }]) =>
    news?.has(from) || olds?.has(to) || moved.has(from) || after.moved?.[to] !== undefined ? [] : [{ from, to }],
  );
}
