import { UserError } from '../engine/user-error.ts';
import { suggest } from '../spec/check/suggest.ts';

/** The campaign of that name. `where`: what was searched, as in `this project`. */
export function findCampaign<T extends { name: string }>(campaigns: T[], name: string, where: string): T {
  const found = campaigns.find((campaign) => campaign.name === name);
  if (found) return found;
  const names = campaigns.map((campaign) => campaign.name);
  const meant = suggest(name, names);
  throw new UserError(
    `There is no campaign "${name}" in ${where}.`,
    meant ? `Did you mean "${meant}"?` : listed(names),
  );
}

const SHOWN = 8;

function listed(names: string[]): string {
  if (names.length === 0) return 'There are no campaigns at all.';
  const rest = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
  return `There are: ${names.slice(0, SHOWN).join(', ')}${rest}.`;
}
