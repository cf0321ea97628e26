import type * as written from '../../document/document.generated.ts';
import { clause, form, slot } from '../../document/forms.ts';
import type { Loose } from '../../document/loose.ts';
import type { Place } from '../../document/place.ts';
import type { Decision, Drawn } from '../../model/campaign.ts';
import { baseOf } from '../../model/variants.ts';
import { printDuration } from '../../words/durations.ts';
import { nameHelp } from '../../words/names.ts';
import { positiveDuration } from '../../words/readings.ts';
import { t } from '../../words/t.ts';
import type { Walk } from './step.ts';

const decideForm = form('decide', 'a decision', () => [
  slot('when', 'name'),
  clause('by', 'name'),
  clause('within', 'phrase'),
  clause('otherwise', 'name'),
]);

/** `decide significant by revenue`, `winner plain` */
export const drawnClauses = [clause('decide', decideForm), clause('winner', 'name')];

interface Written {
  decide?: Loose<written.Decide> | undefined;
  winner?: string | undefined;
}

/** The arms of a draw, of which some may be the control; `variants`: they are those of a send. */
interface Arms {
  arms: { name: string; control: boolean }[];
  variants: boolean;
}

/** Reads what is said about the arms of a draw together. `place`: of the map that has the keys. */
export function buildDrawn({ decide, winner }: Written, drawn: Arms, place: Place, walk: Walk): Drawn {
  const { report } = walk.context;
  const names = drawn.arms.map(({ name }) => name);
  const plural = drawn.variants ? 'variants' : 'arms';
  const known = (name: string, at: Place) => {
    if (!names.includes(name))
      report.error(
        'CRM4066',
        at.value,
        t`There is no \`${name}\` to take all customers`,
        nameHelp(name, names, plural),
      );
  };
  if (winner !== undefined) known(winner, place.at('winner'));
  const decision = decide && buildDecision(decide, drawn, place.at('decide'), walk, known);
  return { ...(decision && { decide: decision }), ...(winner !== undefined && { winner }) };
}

function buildDecision(
  { by = 'conversion', within, otherwise = 'keep' }: Loose<written.Decide>,
  { arms, variants }: Arms,
  place: Place,
  { context: { report }, goal }: Walk,
  known: (name: string, at: Place) => void,
): Decision {
  if (!goal) {
    const help = t`Give the campaign a \`goal\`: what customers are to do, within a time.`;
    report.error('CRM4066', place.key, t`Nothing says by what it is decided`, help);
  } else if (by === 'revenue' && !goal.value) {
    const help = t`Give the goal a \`value\`, or remove \`by: revenue\`.`;
    report.error('CRM4066', place.at('by').value, t`The goal of the campaign has no value`, help);
  }
  if (!baseOf(arms, variants)) {
    const help = t`Add an arm that gets nothing (\`control: { share: 10% }\`): the others are compared with it.`;
    report.error('CRM4066', place.key, t`The arms are compared with nothing, so none can be better`, help);
  }
  const ms = positiveDuration(within ?? '');
  if (otherwise === 'keep') {
    if (within !== undefined) {
      const help = t`Remove it, or name the arm that takes all then: \`otherwise: plain\`.`;
      report.error('CRM4066', place.at('within').key, t`\`within\` has no effect with \`otherwise: keep\``, help);
    }
    return { by };
  }
  known(otherwise, place.at('otherwise'));
  if (within === undefined) {
    const help = t`Add the time after which it does: \`within: 60 days\`.`;
    report.error(
      'CRM4066',
      place.at('otherwise').value,
      t`Nothing says when \`${otherwise}\` takes all customers`,
      help,
    );
  }
  return ms === undefined ? { by } : { by, otherwise: { arm: otherwise, within: ms } };
}

export function writtenDrawn({ decide, winner }: Drawn): { decide?: written.Decide; winner?: string } {
  return {
    ...(decide && { decide: writtenDecision(decide) }),
    ...(winner !== undefined && { winner }),
  };
}

function writtenDecision({ by, otherwise }: Decision): written.Decide {
  return {
    when: 'significant',
    ...(by !== 'conversion' && { by }),
    ...(otherwise && { within: printDuration(otherwise.within), otherwise: otherwise.arm }),
  };
}
