import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { presetsPage, presetsPath } from './presets.ts';

test('docs/reference/presets.md is what the presets are now', async () => {
  expect(await readFile(presetsPath, 'utf8'), 'run `npm run generate`').toBe(presetsPage());
});
