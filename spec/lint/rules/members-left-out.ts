import { percent } from '../../words/printing.ts';
import { t } from '../../words/t.ts';
import type { Finding, Rule } from '../rule.ts';

export const membersLeftOut: Rule = {
  name: 'members-left-out',
  check({ model, contents }) {
    return model.campaigns.flatMap(({ name, on, rollout: [first, next] = [] }): Finding[] => {
      if (on.kind !== 'segment' || !on.existing || !first || !next) return [];
      const place = contents.campaigns.find((one) => one.name === name)?.place.at('rollout');
      return [
        {
          range: place?.value,
          message: t`Of the present members of ${on.segment} only ${percent(first.share)} enter; later stages do not let in the others`,
          help: t`To let in all in stages, start the campaign by a \`schedule\`, with \`audience: in segment ${on.segment}\` and \`reenter: never\`; or leave out \`existing: true\`.`,
        },
      ];
    });
  },
};
