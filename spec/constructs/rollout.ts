import type * as written from '../document/document.generated.ts';
import { form, type Items, slot } from '../document/forms.ts';
import type { Loose } from '../document/loose.ts';
import type { Place } from '../document/place.ts';
import type { RolloutStage } from '../model/campaign.ts';
import { printDuration } from '../words/durations.ts';
import { percent } from '../words/printing.ts';
import { readRolloutStage } from '../words/readings.ts';
import { t } from '../words/t.ts';
import type { Context } from './context.ts';

const stageForm = form('rollout_stage', 'a stage of a rollout', () => [slot('stage', 'phrase')], 'stage');

export const rolloutForm: Items = {
  kind: 'items',
  name: 'rollout',
  title: 'the stages of a rollout',
  of: () => stageForm,
  inline: true,
};

/** Returns the stages; undefined where there are none, or one of them cannot be read. */
export function buildRollout(
  rollout: Loose<written.Rollout> | undefined,
  place: Place,
  { report }: Context,
): RolloutStage[] | undefined {
  const read = (rollout ?? []).map((text) => (text === undefined ? undefined : readRolloutStage(text)));
  const stages = read.filter((stage) => stage !== undefined);
  if (stages.length === 0 || stages.length < read.length) return undefined;
  for (const [index, { share, lasts }] of stages.entries()) {
    const [before, next] = [stages[index - 1], stages[index + 1]];
    const at = place.at(index).value;
    if (before && before.share >= share) {
      const help = t`A stage lets in everybody of the one before, and more: write a larger share.`;
      report.error('CRM4052', at, t`This stage is not larger than the one before`, help);
    } else if (next && lasts === undefined) {
      const help = t`Write how long it lasts, as in \`${percent(share)} for 2 days\`, or \`${percent(share)} manual\`.`;
      report.error('CRM4052', at, t`This stage never ends, so the next one never begins`, help);
    } else if (!next && lasts !== undefined) {
      const help = t`Write \`${percent(share)}\` alone, or another stage after it.`;
      report.error('CRM4052', at, t`No stage follows this one`, help);
    }
  }
  return stages.map(({ share, lasts }) => ({ share, ...(typeof lasts === 'number' && { lasts }) }));
}

export function writtenRollout(stages: RolloutStage[]): written.Rollout {
  return stages.map(({ share, lasts }, index) => {
    if (index === stages.length - 1) return percent(share);
    return lasts === undefined ? `${percent(share)} manual` : `${percent(share)} for ${printDuration(lasts)}`;
  });
}
