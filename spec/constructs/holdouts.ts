import type * as written from '../document/document.generated.ts';
import { body, form, nameList, statement } from '../document/forms.ts';
import type { Place } from '../document/place.ts';
import type { Holdout } from '../model/model.ts';
import { percent } from '../words/printing.ts';
import { readPercent } from '../words/readings.ts';
import { t } from '../words/t.ts';
import type { Contents, Entry } from './contents.ts';
import { type Context, unknownName } from './context.ts';

export const holdoutForm = form('holdout', 'a hold-out', () => [
  body([
    statement('share', 'name'),
    statement('salt', 'name'),
    statement('campaigns', nameList('held', 'a list of campaigns')),
  ]),
]);

/** Hundredths of a percent. */
const whole = 10_000;

export function buildHoldouts(contents: Contents, context: Context): Holdout[] {
  return contents.holdouts.flatMap((entry) => buildHoldout(entry, contents, context) ?? []);
}

function buildHoldout({ name, value, place }: Entry<written.Holdout>, contents: Contents, context: Context) {
  const share = readPercent(value?.share ?? '');
  if (share === 0 || share === whole) {
    const message = share === 0 ? t`The hold-out holds nobody` : t`The hold-out holds everybody`;
    const help = t`Write a share between the two, as in \`5%\`, or remove the hold-out.`;
    context.report.error('CRM4050', place.at('share').value, message, help);
  }
  const campaigns = value?.campaigns?.flatMap((campaign, index) => {
    if (campaign !== undefined) checkCampaign(campaign, place.at('campaigns', index), contents, context);
    return campaign ?? [];
  });
  if (share === undefined) return undefined;
  return { name, share, salt: String(value?.salt ?? name), ...(campaigns && { campaigns }) };
}

function checkCampaign(name: string, place: Place, { campaigns }: Contents, context: Context): void {
  const found = campaigns.find((campaign) => campaign.name === name);
  if (!found) {
    unknownName(context, { code: 'CRM4017', what: 'campaign', name, names: context.campaigns, place });
  } else if (found.value?.category === 'transactional') {
    const help = t`Remove it: nobody is kept from what they have to be told.`;
    context.report.error(
      'CRM4051',
      place.value,
      t`\`${name}\` is transactional; a hold-out concerns marketing only`,
      help,
    );
  }
}

export function writtenHoldout({ name, share, salt, campaigns }: Holdout): written.Holdout {
  return { share: percent(share), ...(salt !== name && { salt }), ...(campaigns && { campaigns }) };
}
