import type * as written from '../../document/document.generated.ts';
import { clause, form, type Items, type Names, optional, slot } from '../../document/forms.ts';
import type { Loose } from '../../document/loose.ts';
import type { Place } from '../../document/place.ts';
import type { Arm, Split } from '../../model/campaign.ts';
import { percent } from '../../words/printing.ts';
import { readPercent } from '../../words/readings.ts';
import { t } from '../../words/t.ts';
import { buildDrawn, drawnClauses, writtenDrawn } from './decide.ts';
import { type Branch, type StepKind, type StepLists, stepForm, type Walk, type WriteBranch } from './step.ts';

type Written = Loose<written.Arm>;

/** Hundredths of a percent. */
const whole = 10_000;

/** Branches by lot: `split: { arms: { a: { share: 50%, … }, … } }`. */
export const split: StepKind<Split> = {
  word: 'split',
  form: splitForm,
  innerId: (step: Loose<written.SplitStep>) => step.split?.id,
  build(step: Loose<written.SplitStep>, place, walk, id) {
    const arms = buildArms(step.split?.arms ?? {}, place.at('split', 'arms'), walk, id);
    const more = buildDrawn(step.split ?? {}, { arms, variants: false }, place.at('split'), walk);
    return { kind: 'split', id, ...(step.split?.sticky === false && { sticky: false }), arms, ...more };
  },
  write: (step, id, list) => ({
    split: {
      ...id,
      ...(step.sticky === false && { sticky: false }),
      ...writtenDrawn(step),
      arms: Object.fromEntries(step.arms.map((arm) => [arm.name, writtenArm(arm, list)])),
    },
  }),
  picture: ({ id, arms, sticky }) => ({
    shape: 'choice',
    title: t`split ${id}`,
    details: sticky === false ? [t`drawn anew each time`] : [],
    labels: arms.map((arm) => `${arm.name} ${percent(arm.share)}`),
  }),
  branchWords: (_, arm) => t`arm ${arm}`,
  branches: (step): Branch[] => step.arms,
};

function splitForm({ steps }: StepLists) {
  const armSteps: Items = { ...steps, name: 'arm_steps', inline: true };
  const arm = form('arm', 'an arm of a split', () => [
    slot('share', 'name'),
    clause('control', 'flag'),
    optional('steps', armSteps),
  ]);
  const arms: Names = { kind: 'names', name: 'arms', title: 'the arms of a split', of: () => arm };
  const split = form('split', 'a split', () => [
    optional('id', 'name'),
    clause('sticky', 'flag'),
    ...drawnClauses,
    slot('arms', arms),
  ]);
  return stepForm('split', () => [slot('split', split)]);
}

function buildArms(arms: Loose<written.Arms>, place: Place, walk: Walk, split: string): Arm[] {
  checkShares(arms, place, walk);
  return Object.entries(arms).flatMap(([name, arm]): Arm[] => {
    if (!arm) return [];
    const at = place.at(name);
    const control = arm.control ?? (name === 'control' && !('control' in arm));
    const written = arm.steps ?? [];
    if (control && written.length > 0) {
      const help = t`Remove the steps, or write \`control: false\`.`;
      walk.context.report.error('CRM4016', at.at('steps').key, t`The control arm gets nothing, but has steps`, help);
    }
    const steps = walk.list(written, at.at('steps'), `${split}.${name}.`);
    const share = readPercent(arm.share ?? '');
    return share === undefined ? [] : [{ name, share, control, steps }];
  });
}

function checkShares(arms: Record<string, Written | undefined>, place: Place, walk: Walk): void {
  const shares = Object.entries(arms).map(([name, arm]) => ({ name, share: readPercent(arm?.share ?? '') }));
  let sum = 0;
  let complete = shares.length > 0;
  for (const { name, share } of shares) {
    complete &&= share !== undefined;
    sum += share ?? 0;
    if (share !== 0) continue;
    const help = t`Give it a share, or remove it.`;
    walk.context.report.error(
      'CRM4009',
      place.at(name, 'share').value,
      t`The arm \`${name}\` has a share of nothing`,
      help,
    );
  }
  if (!complete || sum === whole) return;
  const difference = Math.abs(whole - sum) / 100;
  const help = sum < whole ? t`${difference}% is missing.` : t`${difference}% is too much.`;
  walk.context.report.error('CRM4009', place.key, t`The shares of the arms sum to ${sum / 100}%, not 100%`, help);
}

function writtenArm({ name, share, control, steps }: Arm, list: WriteBranch): written.Arm {
  return {
    share: percent(share),
    ...(control !== (name === 'control') && { control }),
    ...(steps.length > 0 && { steps: list(steps, name) }),
  };
}
