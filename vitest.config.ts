import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { extent, furtherOnly, leftOut, sized } from './test/extent.ts';

/**
 * The longest: started first, so that no worker is left alone with one of them at the end. Those of processes and servers wait half
 * of their time, beside the others.
 */
const slow = [
  'test/trials/',
  'engine/plan/killed-apply.test.ts',
  'test/rounds/',
  'test/workflows/',
  'test/second-engine/',
  'test/worlds.test.ts',
  'test/content.test.ts',
  'test/sample/',
  'cli/ended.test.ts',
  'test/story/',
  'cli/sync/',
  'cli/one-sender.test.ts',
  'test/docs/',
  'cli/help/examples.test.ts',
  'test/cdnow.test.ts',
  'test/laws/',
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

// A worker executes one statement of its databases after the other: on one thread that takes a tenth less of the processor.
process.env.UV_THREADPOOL_SIZE ??= '1';
// Processes of tests that run the sources start in half of the time where these have been compiled before.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.cache/compiled');

export default defineConfig({
  test: {
    include: extent === 'full' ? sized : ['**/*.test.ts'],
    // The modules are loaded once for a worker and not once for a file, which takes longer than most files.
    isolate: false,
    // Node loads them as it does for `crm`; there is nothing that needs Vite.
    experimental: { viteModuleRunner: false },
    // Tests make much that is thrown away at once.
    execArgv: ['--max-semi-space-size=64'],
    exclude: [
      '**/node_modules/**',
      'dist/**',
      ...(extent === 'quick' ? leftOut : []),
      ...(extent === 'full' ? [] : furtherOnly),
    ],
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
