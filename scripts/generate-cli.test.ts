import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { crm } from '../cli/crm.ts';
import { testIo } from '../test/io.ts';
import { cliPath, cliReference } from './generate-cli.ts';

test('docs/cli.md describes the present command line', async () => {
  expect(await readFile(cliPath, 'utf8'), 'run `npm run generate`').toBe(cliReference());
});

test('docs/cli.md shows the error for a typing error', async () => {
  const io = testIo('/');
  expect(await crm(['statsu', '--json'], io)).toBe(1);
  expect(cliReference()).toContain(`\`\`\`json\n${io.said.out}\`\`\`\n`);
});
