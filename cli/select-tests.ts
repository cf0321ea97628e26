import { relative, resolve, sep } from 'node:path';
import { UserError } from '../engine/user-error.ts';
import type { Model, Origins } from '../spec/model/model.ts';
import type { CampaignTest } from '../spec/model/test.ts';
import { suggest } from '../spec/words/suggest.ts';
import { t } from '../spec/words/t.ts';

/** Returns the tests that words name: by their own name, their campaign, or their file or folder; all without words. */
export function selectTests(
  { tests, campaigns }: Model,
  origins: Origins,
  words: string[],
  place: { root: string; cwd: string },
): CampaignTest[] {
  if (words.length === 0) return tests;
  const names = new Set([...tests, ...campaigns].map(({ name }) => name));
  const chosen = words.map((word) => {
    const path = relative(place.root, resolve(place.cwd, word)).replaceAll(sep, '/');
    const within = (file: string | undefined) => path === '' || file === path || file?.startsWith(`${path}/`) === true;
    const found = names.has(word)
      ? tests.filter(({ name, campaign }) => name === word || campaign === word)
      : tests.filter(({ name }) => within(origins[`test.${name}`]?.file));
    if (found.length > 0 || names.has(word)) return found;
    const meant = suggest(word, names);
    throw new UserError(
      'unknown-name',
      t`"${word}" is no test, no campaign, and no file or folder with tests.`,
      meant === undefined ? t`Without a name, \`crm test\` plays all tests.` : t`Did you mean \`${meant}\`?`,
    );
  });
  const wanted = new Set(chosen.flat());
  return tests.filter((test) => wanted.has(test));
}
