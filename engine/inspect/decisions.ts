import { everyStep } from '../../spec/constructs/steps/index.ts';
import type { Campaign, Decision } from '../../spec/model/campaign.ts';
import type { Model } from '../../spec/model/model.ts';
import { compile } from '../compile/compile.ts';
import { keepIds } from '../deploy/keep-ids.ts';
import { type Decided, decided } from '../metrics/decisions.ts';
import { experiments } from '../metrics/experiments.ts';
import type { CompiledCampaign, Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';

/** A split, or a send with variants, that the files have to be decided, and what can be said of it. */
export interface Standing {
  campaign: string;
  /** The id of the step in the files. */
  step: string;
  by: Decision['by'];
  /** `made`: the files name a winner already; `unapplied`: what they say of the campaign is not what runs. */
  decided: Decided | { verdict: 'made'; arm: string } | { verdict: 'unapplied' };
}

/** Judges what is to be decided in the campaigns by their present versions, until an instant (epoch milliseconds). `campaign`: only of this one. */
export async function decisions(
  db: Database,
  model: Model,
  applied: Program,
  to: number,
  campaign?: string,
): Promise<Standing[]> {
  const chosen = model.campaigns.filter(({ name }) => campaign === undefined || name === campaign);
  const open = chosen.flatMap((one) => drawsOf(one).map((draw) => ({ one, ...draw })));
  if (open.length === 0) return [];
  const compiled = compile(model);
  const kept = byName(keepIds(compiled, applied).campaigns);
  const [own, running] = [byName(compiled.campaigns), byName(applied.campaigns)];
  const found = await experiments(db, applied, to, campaign);
  return open.map(({ one: { name }, id, decide, winner }): Standing => {
    const standing = { campaign: name, step: id, by: decide.by };
    if (winner !== undefined) return { ...standing, decided: { verdict: 'made', arm: winner } };
    const version = kept.get(name)?.hash;
    if (version === undefined || version !== running.get(name)?.hash)
      return { ...standing, decided: { verdict: 'unapplied' } };
    const row = own.get(name)?.steps.findIndex((step) => step.id === id) ?? -1;
    const split = kept.get(name)?.steps[row]?.id;
    const mine = found.filter((each) => each.campaign === name && each.version === version && each.split === split);
    return { ...standing, decided: decided(mine, decide) };
  });
}

/** Returns the steps of a campaign that are to be decided. */
function drawsOf({ steps }: Campaign): { id: string; decide: Decision; winner?: string | undefined }[] {
  return [...everyStep(steps)].flatMap((step) => {
    if ((step.kind !== 'split' && step.kind !== 'send') || !step.decide) return [];
    return [{ id: step.id, decide: step.decide, winner: step.winner }];
  });
}

function byName(campaigns: CompiledCampaign[]): ReadonlyMap<string, CompiledCampaign> {
  return new Map(campaigns.map((campaign) => [campaign.name, campaign]));
}
