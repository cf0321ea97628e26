import { everyStep, stepKind } from '../../constructs/steps/index.ts';
import { triggerKind } from '../../constructs/triggers/index.ts';
import type { Range } from '../../diagnostics/diagnostic.ts';
import type { Campaign, EventMatch } from '../../model/campaign.ts';
import { laterAll, t, translated } from '../../words/t.ts';
import { conditionsOf } from '../journey.ts';
import type { Finding, Rule, Subject } from '../rule.ts';
import { truthOf } from '../truth/truth.ts';

export const neverComes: Rule = {
  name: 'never-comes',
  check(subject) {
    const { model } = subject;
    const definitions = conditionsOf(model);
    const read = model.data.events.filter(({ sources }) => sources.length > 0);
    const isRead = (event: string) => read.length === 0 || read.some(({ name }) => name === event);
    return model.campaigns.flatMap((campaign) =>
      asked(subject, campaign).flatMap(({ what, match, range }): Finding[] => {
        const { event, when } = match;
        if (!isRead(event)) {
          const help = t`No file of \`${event}\` is read: add \`from\` to the event, or name another one.`;
          return [{ range, message: translated(messages[what]), help }];
        }
        const truth = when && what !== 'trigger' ? truthOf(when, definitions) : undefined;
        if (truth?.holds !== 'never') return [];
        const help =
          truth.because === undefined
            ? t`Its condition never holds. Correct it.`
            : t`Its condition never holds because of what it says about \`${truth.because}\`. Correct it.`;
        return [{ range, message: translated(messages[what]), help }];
      }),
    );
  },
};

const messages = laterAll({
  trigger: 'The event of the trigger never comes',
  exit: 'The event of the exit never comes',
  goal: 'The event of the goal never comes',
  wait: 'The event of the wait never comes',
});

interface Asked {
  what: keyof typeof messages;
  match: EventMatch;
  range: Range | undefined;
}

/** Returns the events that a campaign waits for. */
function asked({ contents, origins }: Subject, { name, on, exit, goal, steps }: Campaign): Asked[] {
  const place = contents.campaigns.find((one) => one.name === name)?.place;
  const many = Array.isArray(contents.campaigns.find((one) => one.name === name)?.value?.exit);
  const trigger = triggerKind(on).match?.(on);
  return [
    ...(trigger ? [{ what: 'trigger' as const, match: trigger, range: place?.at('on').value }] : []),
    ...exit.map((match, index) => ({
      what: 'exit' as const,
      match,
      range: (many ? place?.at('exit', index) : place?.at('exit'))?.value,
    })),
    ...(goal ? [{ what: 'goal' as const, match: goal, range: place?.at('goal').value }] : []),
    ...[...everyStep(steps)].flatMap((step) => {
      const match = stepKind(step).match?.(step);
      return match ? [{ what: 'wait' as const, match, range: origins[`campaign.${name}.${step.id}`] }] : [];
    }),
  ];
}
