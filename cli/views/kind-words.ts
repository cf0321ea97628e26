import { laterAll, translated } from '../../spec/words/t.ts';

const kinds: Record<string, string> = laterAll({
  project: 'project',
  data: 'data',
  event: 'event',
  segment: 'segment',
  channel: 'channel',
  policies: 'policies',
  variables: 'variables',
  holdout: 'holdout',
  template: 'template',
  partial: 'partial',
  campaign: 'campaign',
});

/** Returns the word for a kind of resource. */
export function kindWords(kind: string): string {
  return translated(kinds[kind] ?? kind);
}
