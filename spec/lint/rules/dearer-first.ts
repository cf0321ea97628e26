import { everyStep } from '../../constructs/steps/index.ts';
import type { Cascade, CascadeStage } from '../../model/campaign.ts';
import type { Channel } from '../../model/model.ts';
import { currentLanguage } from '../../words/language.ts';
import { t } from '../../words/t.ts';
import { channelsByName, marketingOf } from '../journey.ts';
import type { Rule } from '../rule.ts';

export const dearerFirst: Rule = {
  name: 'dearer-first',
  check({ model, origins }) {
    const channels = channelsByName(model);
    return marketingOf(model).flatMap(({ name, steps }) =>
      [...everyStep(steps)].flatMap((step) => {
        const found = step.kind === 'cascade' ? cheaperAfter(step, channels) : undefined;
        if (!found) return [];
        const { stage, before } = found;
        const { currency } = model.project;
        return [
          {
            range: origins[`campaign.${name}.${stage.id}`],
            message: t`The cascade comes to \`${stage.channel}\` only after the dearer \`${before.name}\``,
            help: t`One message costs ${amount(channels.get(stage.channel)?.price ?? 0, currency)} here, and ${amount(before.price, currency)} there. Change places, or write \`order: cheapest\`.`,
          },
        ];
      }),
    );
  },
};

/** `0.008 EUR`, as the language of the output writes it: prices may be less than a hundredth. */
function amount(price: number, currency: string): string {
  return `${new Intl.NumberFormat(currentLanguage().language, { maximumFractionDigits: 10 }).format(price)} ${currency}`;
}

/** The first stage whose channel is cheaper than one before it. */
function cheaperAfter({ order, stages }: Cascade, channels: ReadonlyMap<string, Channel>) {
  if (order !== undefined) return undefined;
  let dearest: Channel | undefined;
  for (const stage of stages) {
    const channel = channels.get(stage.channel);
    if (!channel) continue;
    if (dearest && channel.price < dearest.price) return { stage, before: dearest } satisfies Found;
    if (!dearest || channel.price > dearest.price) dearest = channel;
  }
  return undefined;
}

interface Found {
  stage: CascadeStage;
  before: Channel;
}
