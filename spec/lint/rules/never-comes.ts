import type { Range } from '../../diagnostic.ts';
import type { Campaign, EventMatch } from '../../model/campaign.ts';
import { conditionsOf } from '../conditions.ts';
import { everyStep } from '../journey.ts';
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
          const help = `No file of \`${event}\` is read: add \`from\` to the event, or name another one.`;
          return [{ range, message: `The event of ${what} never comes`, help }];
        }
        const truth = when && what !== 'the trigger' ? truthOf(when, definitions) : undefined;
        if (truth?.holds !== 'never') return [];
        const because = truth.because === undefined ? '' : ` because of what it says about \`${truth.because}\``;
        return [
          {
            range,
            message: `The event of ${what} never comes`,
            help: `Its condition never holds${because}. Correct it.`,
          },
        ];
      }),
    );
  },
};

interface Asked {
  what: string;
  match: EventMatch;
  range: Range | undefined;
}

/** Returns the events that a campaign asks for. */
function asked({ contents, origins }: Subject, { name, on, exit, goal, steps }: Campaign): Asked[] {
  const place = contents.campaigns.find((one) => one.name === name)?.place;
  const many = Array.isArray(contents.campaigns.find((one) => one.name === name)?.value?.exit);
  const trigger = on.kind === 'event' ? [on] : on.kind === 'absence' ? [on.after ?? on.absent] : [];
  return [
    ...trigger.map((match) => ({ what: 'the trigger', match, range: place?.at('on').value })),
    ...exit.map((match, index) => ({
      what: 'the exit',
      match,
      range: (many ? place?.at('exit', index) : place?.at('exit'))?.value,
    })),
    ...(goal ? [{ what: 'the goal', match: goal, range: place?.at('goal').value }] : []),
    ...[...everyStep(steps)].flatMap((step) =>
      step.kind === 'await' ? [{ what: 'the wait', match: step, range: origins[`campaign.${name}.${step.id}`] }] : [],
    ),
  ];
}
