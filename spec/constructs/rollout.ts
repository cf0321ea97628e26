import type * as written from '../document/document.generated.ts';
import { clause, form, type Items, optional, slot } from '../document/forms.ts';
import type { Loose } from '../document/loose.ts';
import type { Place } from '../document/place.ts';
import type { Campaign, RolloutStage } from '../model/campaign.ts';
import { printDuration } from '../words/durations.ts';
import { percent } from '../words/printing.ts';
import { readRolloutStage } from '../words/readings.ts';
import { t } from '../words/t.ts';
import type { Context } from './context.ts';

const stageForm = form('rollout_stage', 'a stage of a rollout', () => [slot('stage', 'phrase')], 'stage');

const stagesForm: Items = {
  kind: 'items',
  name: 'rollout_stages',
  title: 'the stages of a rollout',
  of: () => stageForm,
  inline: true,
};

/** The stages of a campaign; behind `change`, those of each change of it. */
export const rolloutForm = form(
  'rollout',
  'a rollout',
  () => [optional('stages', stagesForm), clause('change', stagesForm)],
  'stages',
);

type Rollouts = Pick<Campaign, 'rollout' | 'changeRollout'>;

/** Returns the rollout of the campaign, or that of its changes. */
export function buildRollouts(campaign: Loose<written.Campaign>, place: Place, context: Context): Rollouts {
  const { rollout, in_flight: inFlight = 'finish' } = campaign;
  const at = place.at('rollout');
  if (rollout === undefined || Array.isArray(rollout)) {
    const stages = buildStages(rollout, at, context);
    return stages ? { rollout: stages } : {};
  }
  const stages = buildStages(rollout.change, at.at('change'), context);
  if (!stages) return {};
  const { report } = context;
  const last = stages.length - 1;
  if (stages[last]?.share !== 10_000) {
    const help = t`Write \`100%\` as the last stage: the version before is entered no more then.`;
    report.error(
      'CRM4052',
      at.at('change').at(last).value,
      t`The last stage of a change does not have everybody`,
      help,
    );
  }
  if (inFlight !== 'finish') {
    const help = t`Customers still enter the version before, and finish on it: leave \`in_flight\` out, or give the new version to all at once, without \`rollout\`.`;
    report.error('CRM4054', at.key, t`A rollout of a change cannot have \`in_flight: ${inFlight}\``, help);
  }
  return { changeRollout: stages };
}

/** Returns the stages; undefined where there are none, or one of them cannot be read. */
function buildStages(
  rollout: Loose<written.RolloutStages> | undefined,
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

export function writtenRollouts({ rollout, changeRollout }: Rollouts): Pick<written.Campaign, 'rollout'> {
  if (rollout) return { rollout: writtenStages(rollout) };
  return changeRollout ? { rollout: { change: writtenStages(changeRollout) } } : {};
}

function writtenStages(stages: RolloutStage[]): written.RolloutStages {
  return stages.map(({ share, lasts }, index) => {
    if (index === stages.length - 1) return percent(share);
    return lasts === undefined ? `${percent(share)} manual` : `${percent(share)} for ${printDuration(lasts)}`;
  });
}
