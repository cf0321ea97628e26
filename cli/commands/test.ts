import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { compile } from '../../engine/compile/compile.ts';
import { type Coverage, coverage, total } from '../../engine/dry-run/tests/coverage.ts';
import type { TestResult } from '../../engine/dry-run/tests/result.ts';
import { runTests } from '../../engine/dry-run/tests/run-tests.ts';
import { UserError } from '../../engine/user-error.ts';
import { inEnglish } from '../../spec/words/language.ts';
import { t } from '../../spec/words/t.ts';
import { exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { type Loaded, load, type ProjectOptions } from '../load.ts';
import { progress } from '../progress.ts';
import { findRoot } from '../project.ts';
import { say } from '../say.ts';
import { selectTests } from '../select-tests.ts';
import { TestMemory } from '../test-memory.ts';
import { pathsFrom } from '../views/paths.ts';
import { testJson } from '../views/test-json.ts';
import { testJunit } from '../views/test-junit.ts';
import { renderTests, type TestReport } from '../views/test-report.ts';
import { watch } from '../watch.ts';
import { writeWhole } from '../write.ts';

export interface TestOptions extends ProjectOptions {
  watch?: boolean;
  /** The path of the JUnit report. */
  junit?: string;
  coverage?: boolean;
  /** A whole percentage. */
  minCoverage?: number;
  verbose?: boolean;
}

/** Executes the campaigns' tests on the production engine, in memory. */
export async function test(io: Io, words: string[], options: TestOptions): Promise<number> {
  const memory = new TestMemory();
  if (!options.watch) return runOnce(io, words, options, memory);
  const root = await findRoot(io.cwd, options.project);
  await watch(io, root, async () => void (await runOnce(io, words, options, memory)));
  return exit.fine;
}

async function runOnce(io: Io, words: string[], options: TestOptions, memory: TestMemory): Promise<number> {
  const loaded = await load(io, options);
  const { model, origins } = loaded;
  const tests = selectTests(model, origins, words, { root: loaded.root, cwd: io.cwd });
  const program = compile(model);
  const began = performance.now();
  const again = memory.changed(program, tests);
  const shown = progress(io, t`playing the tests`);
  const results = await runTests(program, again, {
    tz: io.tz,
    parallel: Math.min(4, availableParallelism()),
    signal: io.interrupted(),
    onProgress: (done) => shown.at(t`playing the tests: ${done} of ${again.length}`, done / again.length),
  }).finally(() => shown.end());
  if (io.interrupted().aborted) {
    if (options.watch) return exit.fine;
    throw new UserError('interrupted', t`Interrupted: what was played so far is not shown.`);
  }
  const all = memory.remember(program, tests, results);
  const scope =
    words.length === 0
      ? model.campaigns
      : model.campaigns.filter(({ name }) => all.some(({ test }) => test.campaign === name));
  const names = new Set(scope.map(({ name }) => name));
  const reached = coverage(program, all).filter(({ campaign }) => names.has(campaign));
  const duration = performance.now() - began;
  const report: TestReport = { results: all, coverage: reached, total: total(reached), duration };
  await printReport(io, loaded, report, options);
  return exitCode(io, report, options);
}

async function printReport(io: Io, loaded: Loaded, report: TestReport, options: TestOptions): Promise<void> {
  const { root, model, origins } = loaded;
  const zone = model.project.timezone;
  const { results, duration } = report;
  if (options.junit !== undefined) {
    const pathOf = pathsFrom(io.env.GITHUB_WORKSPACE ?? io.cwd, root);
    await writeWhole(
      resolve(io.cwd, options.junit),
      inEnglish(() => testJunit(results, { origins, zone, duration, pathOf })),
    );
  }
  if (options.json) return io.out(testJson(report, origins));
  if (results.length === 0)
    return say(io, t`There are no tests. Write some under \`tests:\`; docs/testing.md shows how.`);
  const view = { ...io.view, zone, origins, verbose: options.verbose === true, coverage: options.coverage === true };
  await io.out(renderTests(report, view));
}

function exitCode(io: Io, { results, coverage }: TestReport, { minCoverage = 0 }: TestOptions): number {
  const low = coverage.filter((one) => one.percent < minCoverage);
  for (const one of low) io.err(`${tooLow(one, minCoverage)}\n`);
  return low.length > 0 || failed(results) ? exit.error : exit.fine;
}

function failed(results: TestResult[]): boolean {
  return results.some(({ passed }) => !passed);
}

function tooLow(one: Coverage, wanted: number): string {
  return t`${one.campaign}: tests reach ${one.percent}% of its steps and arms, less than ${wanted}%.`;
}
