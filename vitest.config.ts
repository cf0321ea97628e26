import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { extent, leftOut, sized } from './test/extent.ts';

/** Minutes long each: started first, so that no worker is left alone with one of them at the end. */
const slow = [
  'test/worlds.test.ts',
  'test/second-engine/',
  'test/rounds/',
  'test/laws/',
  'test/content.test.ts',
  'test/cdnow.test.ts',
  'test/trials/',
];

class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = slow.findIndex((part) => moduleId.includes(`/${part}`));
      return found < 0 ? slow.length : found;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    include: extent === 'full' ? sized : ['**/*.test.ts'],
    // The modules are loaded once for a worker and not once for a file, which takes longer than most files.
    isolate: false,
    // Node loads them as it does for `crm`; there is nothing that needs Vite.
    experimental: { viteModuleRunner: false },
    // Tests make much that is thrown away at once.
    execArgv: ['--max-semi-space-size=64'],
    exclude: ['**/node_modules/**', 'dist/**', ...(extent === 'quick' ? leftOut : [])],
    globalSetup: ['test/setup.ts'],
    setupFiles: ['test/each-file.ts'],
    // Two more than there are processors: the tests with servers and processes wait most of their time.
    maxWorkers: availableParallelism() + 2,
    sequence: { sequencer: SlowFirst },
    maxConcurrency: 2,
    // Twice the longest on a machine with nothing else to do, because workers share its processors.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
