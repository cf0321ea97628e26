type Extent = 'quick' | 'usual' | 'full';

/**
 * `quick`: `npm run test:quick`, fewer files, fewer seeds, no PostgreSQL. `usual`: `npm test`. `full`: `npm run test:full`, only the
 * tests that have a size (random models and worlds, customers), in the size of `.ci/run`.
 */
export const extent: Extent = ({ quick: 'quick', full: 'full' } as const)[process.env.KASKAD_TESTS ?? ''] ?? 'usual';

/** Returns the size of a test in this run. */
export function amount(usual: number, full: number, quick = usual): number {
  return { quick, usual, full }[extent];
}

/** Returns the range of numbered worlds or models of this run: in full size those that `npm test` does not play. */
export function worldsOf(usual: number, full: number, quick = usual): { first: number; worlds: number } {
  return extent === 'full' ? { first: usual, worlds: full - usual } : { first: 0, worlds: amount(usual, full, quick) };
}

/** Returns the cases of this run: `npm test` has the first ones, and `npm run test:full` the others. */
export function casesOf<T>(all: readonly T[], usual: number): T[] {
  return extent === 'full' ? all.slice(usual) : all.slice(0, usual);
}

/** True where tests run that have no size, in a file where others have one. */
export const withoutSize = extent !== 'full';

/** Patterns of the test files whose tests have a size. */
export const sized = [
  'test/laws/{documents,dsl,yaml}.test.ts',
  'test/rounds/!(world).test.ts',
  'test/{second-engine,story}/**/*.test.ts',
  'test/{content,hillstrom,predictions,worlds}.test.ts',
  'test/interpreter/differential.test.ts',
  'test/sample/coverage.test.ts',
  'test/trials/trials.test.ts',
  'cli/earlier-stores.test.ts',
  'engine/dry-run/tests/together.test.ts',
  'engine/metrics/results.test.ts',
  'engine/metrics/stats/experiments.test.ts',
  'engine/plan/killed-apply.test.ts',
];

/** Patterns of the test files that `npm run test:full` alone has: further worlds of what others compare too. */
export const furtherOnly = ['test/rounds/further.test.ts'];

/** Patterns of the test files that `npm run test:quick` leaves out: minutes of work, processes, servers, whole commands. */
export const leftOut = [
  'test/{bad-inputs,docs,package,presets,sample,story,trials,workflows}/**',
  'test/{cdnow,content,first-shop,graphs,hillstrom,postgres,predictions,worlds}.test.ts',
  'test/interpreter/differential.test.ts',
  'test/rounds/!(world).test.ts',
  'cli/*.test.ts',
  'cli/{ci,commands,completion,help,init,sync}/**',
  'cli/views/{languages,reports,screens,waits}.test.ts',
  'engine/consent/**',
  'engine/data/intake/!(intake).test.ts',
  'engine/delivery/{breaker,crash,smtp}.test.ts',
  'engine/dry-run/simulate/simulate.test.ts',
  'engine/dry-run/tests/{run-tests,together}.test.ts',
  'engine/metrics/results.test.ts',
  'engine/plan/{create-plan,killed-apply}.test.ts',
  'engine/store/{holder,open,upgrade}.test.ts',
  'engine/store/query/text.test.ts',
  'engine/tick/decide-caps.test.ts',
  'engine/worker/loop.test.ts',
];
