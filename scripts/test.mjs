// `npm test`: installs what is missing, runs every test, and ends with one line that counts them. `npm run test:quick`: the same
// with the tests of the inner loop alone. `npm run test:full`: those that have a size alone, in full size. See test/extent.ts.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bin, environment, install, node, root } from './tools.mjs';

install();
const folder = mkdtempSync(join(tmpdir(), 'kaskad-test-'));
const report = join(folder, 'report.json');
const given = process.argv.slice(2);
const extents = ['--quick', '--full'];
const words = [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...given.filter((word) => !extents.includes(word)),
];
const extent = extents.find((word) => given.includes(word));
const env = { ...environment(), ...(extent && { KASKAD_TESTS: extent.slice(2) }) };
const { status } = spawnSync(node(), [bin('vitest'), ...words], { cwd: root, stdio: 'inherit', env });
const { passed, failed } = counts();
rmSync(folder, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : (status ?? 1);

/** Counts a run without a report, and an error without a failed test, as a failure. */
function counts() {
  try {
    const { numPassedTests, numFailedTests, numFailedTestSuites, success } = JSON.parse(readFileSync(report, 'utf8'));
    const broken =
      numFailedTests === 0 && (numFailedTestSuites > 0 || !success || status !== 0)
        ? Math.max(1, numFailedTestSuites)
        : 0;
    return { passed: numPassedTests, failed: numFailedTests + broken };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
