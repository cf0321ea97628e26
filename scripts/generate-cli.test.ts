import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { cliPath, cliReference } from './generate-cli.ts';

test('docs/cli.md is what the command line says now', async () => {
  expect(await readFile(cliPath, 'utf8'), 'run `npm run generate`').toBe(cliReference());
});
