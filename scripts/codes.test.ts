import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { codesPage, codesPath } from './codes.ts';

test('docs/reference/codes.md is what the codes say now', async () => {
  expect(await readFile(codesPath, 'utf8'), 'run `npm run generate`').toBe(codesPage());
});
