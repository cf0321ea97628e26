/** True for `npm run test:quick`: fewer files, fewer seeds, no PostgreSQL. */
export const quick = process.env.KASKAD_TESTS === 'quick';

/** Patterns of the test files that `npm run test:quick` leaves out: minutes of work, processes, servers, whole commands. */
export const leftOut = [
  'test/{bad-inputs,docs,package,presets,sample,trials}/**',
  'test/{cdnow,content,first-shop,graphs,postgres,worlds}.test.ts',
  'test/interpreter/differential.test.ts',
  'test/rounds/!(world).test.ts',
  'cli/*.test.ts',
  'cli/{commands,completion,help,init}/**',
  'cli/views/{languages,reports,screens,waits}.test.ts',
  'engine/consent/**',
  'engine/data/intake/!(intake).test.ts',
  'engine/delivery/{breaker,crash,smtp}.test.ts',
  'engine/dry-run/simulate/simulate.test.ts',
  'engine/dry-run/tests/{run-tests,together}.test.ts',
  'engine/plan/create-plan.test.ts',
  'engine/store/{holder,open,upgrade}.test.ts',
  'engine/store/query/text.test.ts',
  'engine/tick/decide-caps.test.ts',
  'engine/worker/loop.test.ts',
];
