import { percent } from '../../spec/words/printing.ts';
import { later } from '../../spec/words/t.ts';
import type { Program } from '../program/program.ts';
import type { Notice } from './notices.ts';

/** Warns of new campaigns whose rollout keeps out present members, who do not enter by later stages either. Pure. */
export function leftOut(desired: Program, applied: Program | undefined): Notice[] {
  const known = new Set(applied?.campaigns.map(({ name }) => name));
  return desired.campaigns.flatMap(({ name, trigger, rollout: [first, next] = [] }): Notice[] => {
    if (known.has(name) || trigger.kind !== 'segment' || !trigger.existing || !first || !next) return [];
    return [
      {
        level: 'doubtful',
        address: `campaign.${name}`,
        message: later`Of those who could enter ${name} at the start, its first stage lets in ${percent(first.share)}; later stages do not let in the others.`,
        help: later`They enter when they come into segment ${trigger.segment} again. To let in all in stages, start the campaign by a \`schedule\`, with \`audience: in segment ${trigger.segment}\` and \`reenter: never\`.`,
      },
    ];
  });
}
