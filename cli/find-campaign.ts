import { UserError } from '../engine/user-error.ts';
import { suggest } from '../spec/words/suggest.ts';
import { t } from '../spec/words/t.ts';

/** Kinds of things that are named. */
export type Named = 'campaign' | 'channel' | 'segment' | 'template' | 'template or campaign';

/** The place that was searched. */
export type Place = 'this project' | 'what is applied' | 'what was applied';

/** Returns the campaign of that name. */
export function findCampaign<T extends { name: string }>(campaigns: T[], name: string, where: Place): T {
  return findNamed('campaign', campaigns, name, where);
}

/** Returns the one of that name among things of a kind; a template occurs once for each channel and language. Throws UserError if there is none. */
export function findNamed<T extends { name: string }>(kind: Named, all: T[], name: string, where: Place): T {
  const found = all.find((one) => one.name === name);
  if (found) return found;
  const names = [...new Set(all.map((one) => one.name))];
  const meant = suggest(name, names);
  throw new UserError(
    'unknown-name',
    messages[where][kind](name),
    meant === undefined ? listed(kind, names) : t`Did you mean "${meant}"?`,
  );
}

/** Returns the error of a thing that the project's files have, and the store does not. */
export function notApplied(kind: 'segment' | 'campaign', name: string): UserError {
  return new UserError(
    'not-applied',
    kind === 'segment' ? t`The segment "${name}" is not applied yet.` : t`The campaign "${name}" is not applied yet.`,
    t`Run \`crm apply\` first.`,
  );
}

const notInProject: Record<Named, (name: string) => string> = {
  campaign: (name) => t`There is no campaign "${name}" in this project.`,
  channel: (name) => t`There is no channel "${name}" in this project.`,
  segment: (name) => t`There is no segment "${name}" in this project.`,
  template: (name) => t`There is no template "${name}" in this project.`,
  'template or campaign': (name) => t`There is no template or campaign "${name}" in this project.`,
};

const notAmongApplied: Record<Named, (name: string) => string> = {
  campaign: (name) => t`There is no campaign "${name}" in what is applied.`,
  channel: (name) => t`There is no channel "${name}" in what is applied.`,
  segment: (name) => t`There is no segment "${name}" in what is applied.`,
  template: (name) => t`There is no template "${name}" in what is applied.`,
  'template or campaign': (name) => t`There is no template or campaign "${name}" in what is applied.`,
};

const neverApplied: Record<Named, (name: string) => string> = {
  ...notAmongApplied,
  campaign: (name) => t`No campaign "${name}" was ever applied.`,
};

const messages: Record<Place, Record<Named, (name: string) => string>> = {
  'this project': notInProject,
  'what is applied': notAmongApplied,
  'what was applied': neverApplied,
};

const none: Record<Named, () => string> = {
  campaign: () => t`There are no campaigns at all.`,
  channel: () => t`There are no channels at all.`,
  segment: () => t`There are no segments at all.`,
  template: () => t`There are no templates at all.`,
  'template or campaign': () => t`There are no templates or campaigns at all.`,
};

const SHOWN = 8;

function listed(kind: Named, names: string[]): string {
  if (names.length === 0) return none[kind]();
  const shown = names.slice(0, SHOWN).join(', ');
  const more = names.length - SHOWN;
  return more > 0 ? t`There are: ${shown} and ${more} more.` : t`There are: ${shown}.`;
}
