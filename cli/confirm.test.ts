import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test.each([
  ['yes', true],
  ['Y', true],
  ['да', true],
  ['Д', true],
  ['no', false],
  ['нет', false],
  ['дано', false],
  ['', false],
])('the answer %j is a yes: %s', (answer, isYes) => {
  const path = join(import.meta.dirname, 'confirm.ts');
  const { stdout } = spawnSync(
    process.execPath,
    ['-e', `import(${JSON.stringify(path)}).then(async ({ confirm }) => console.log('=' + (await confirm('Go on?'))))`],
    { input: `${answer}\n`, encoding: 'utf8' },
  );
  expect(stdout).toContain(`=${isYes}`);
});
