import { t } from '../../words/t.ts';
import { removal } from '../removal.ts';
import type { Finding, Rule } from '../rule.ts';

const year = 365 * 86_400_000;

export const yearlyOnce: Rule = {
  name: 'yearly-once',
  check({ model, contents, files }) {
    return model.campaigns.flatMap(({ name, on, reenter }): Finding[] => {
      if (on.kind !== 'date' || !on.yearly || reenter.kind === 'always') return [];
      if (reenter.kind === 'after' && reenter.ms < year) return [];
      const place = contents.campaigns.find((one) => one.name === name)?.place.at('reenter');
      const text = files.find(({ path }) => path === place?.file.path)?.text;
      const never = reenter.kind === 'never';
      return [
        {
          range: place?.value,
          message: never
            ? t`The date comes every year, and \`reenter\` lets each customer in once in a life`
            : t`The date comes every year, and \`reenter\` passes over the next`,
          help: [
            t`Without \`reenter\` each customer enters every year.`,
            ...(never ? [t`If it is meant to come once, leave out \`every: year\`.`] : []),
          ].join(' '),
          fix: place && text !== undefined ? removal(place, text, t`Remove \`reenter\``) : undefined,
        },
      ];
    });
  },
};
