import { UserError } from '../engine/user-error.ts';
import { suggest } from '../spec/check/suggest.ts';

/** The campaign of that name. `where`: what was searched, as in `this project`. */
export function findCampaign<T extends { name: string }>(campaigns: T[], name: string, where: string): T {
  return findNamed('campaign', campaigns, name, where);
}

/** The one of that name among things of a kind. Throws UserError where there is none. */
export function findNamed<T extends { name: string }>(kind: string, all: T[], name: string, where: string): T {
  const found = all.find((one) => one.name === name);
  if (found) return found;
  const names = all.map((one) => one.name);
  const meant = suggest(name, names);
  throw new UserError(
    `There is no ${kind} "${name}" in ${where}.`,
    meant ? `Did you mean "${meant}"?` : listed(kind, names),
  );
}

const SHOWN = 8;

function listed(kind: string, names: string[]): string {
  if (names.length === 0) return `There are no ${kind}s at all.`;
  const rest = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
  return `There are: ${names.slice(0, SHOWN).join(', ')}${rest}.`;
}
