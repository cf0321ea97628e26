import { t } from '../../words/t.ts';
import type { Rule } from '../rule.ts';

export const campaignWithoutTest: Rule = {
  name: 'campaign-without-test',
  check({ model, origins }) {
    const tested = new Set(model.tests.map(({ campaign }) => campaign));
    return model.campaigns
      .filter(({ name }) => !tested.has(name))
      .map(({ name }) => ({
        range: origins[`campaign.${name}`],
        message: t`No test runs the campaign \`${name}\``,
        help: t`Write one under \`tests\`: who does what, and which messages are to come of it.`,
      }));
  },
};
