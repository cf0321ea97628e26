import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { lifePath, withOutcomes } from './outcomes.ts';

test('docs/how-it-runs.md has the gates, statuses and reasons of the list', async () => {
  const page = await readFile(lifePath, 'utf8');
  expect(page, 'run `npm run generate`').toBe(withOutcomes(page));
});
