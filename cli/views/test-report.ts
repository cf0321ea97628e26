import pc from 'picocolors';
import type { Coverage, Missed } from '../../engine/dry-run/tests/coverage.ts';
import type { TestResult } from '../../engine/dry-run/tests/result.ts';
import { branchWords } from '../../spec/constructs/steps/index.ts';
import type { Origins } from '../../spec/model/model.ts';
import { t } from '../../spec/words/t.ts';
import { count, fixed, indent, many, percent, type ViewOptions } from './format.ts';
import { renderFailure } from './test-timeline.ts';
import { fold, hang } from './wrap.ts';

export interface TestReport {
  results: TestResult[];
  coverage: Coverage[];
  /** The share of all steps and arms that the tests reach, percent. */
  total: number;
  /** The duration of the run, milliseconds. */
  duration: number;
}

export interface TestReportView extends ViewOptions {
  /** The project's time zone, IANA. */
  zone: string;
  origins: Origins;
  /** Lists the tests that passed, too. */
  verbose: boolean;
  /** Lists everything that no test reaches. */
  coverage: boolean;
}

/** Renders a run: passed tests by campaign, failed ones as timelines, gaps of coverage, and a last line with the counts. */
export function renderTests(report: TestReport, view: TestReportView): string {
  const { results, coverage } = report;
  const colors = pc.createColors(view.color);
  const campaigns = [...Map.groupBy(results, ({ test }) => test.campaign)].flatMap(([name, mine]) => {
    const passed = mine.filter((result) => result.passed);
    const sign = passed.length === mine.length ? colors.green('✓') : colors.red('✗');
    const found = coverage.find(({ campaign }) => campaign === name);
    const reached = passedWords(passed.length, mine.length, found);
    const title = `${sign} ${colors.bold(name)} ${colors.dim(reached)}`;
    return [title, ...(view.verbose ? indent(passed.map(({ test }) => `${colors.green('✓')} ${test.name}`)) : [])];
  });
  const failures = results
    .filter(({ passed }) => !passed)
    .flatMap((result) => ['', ...renderFailure(result, { ...view, source: view.origins[`test.${result.test.name}`] })]);
  const missed = view.coverage ? fold(missedLines(coverage), view.width) : [];
  const lines = [
    ...campaigns,
    ...failures,
    ...(missed.length > 0 ? ['', ...missed] : []),
    '',
    ...hang('', summary(report, colors), view.width),
  ];
  return `${lines.join('\n')}\n`;
}

function passedWords(passed: number, all: number, found: Coverage | undefined): string {
  if (!found) return t`${passed} of ${all}`;
  const share = percent(found.percent / 100, 0);
  return all === 1 ? t`${passed} of 1 test, ${share} reached` : t`${passed} of ${all} tests, ${share} reached`;
}

type Colors = ReturnType<typeof pc.createColors>;

function summary({ results, coverage, total, duration }: TestReport, colors: Colors): string {
  const passed = results.filter((result) => result.passed).length;
  const counts = countWords(results.length - passed, passed, fixed(duration / 1000, 1), colors);
  const campaigns = many(coverage.length, 'campaign');
  return `${counts}; ${t`${percent(total / 100, 0)} of the steps and arms of ${campaigns} reached`}`;
}

function countWords(failed: number, passed: number, seconds: string, { red, green }: Colors): string {
  const [bad, good] = [red(count(failed)), green(count(passed))];
  if (failed === 0) return t`${good} passed in ${seconds} s`;
  return passed === 0 ? t`${bad} failed in ${seconds} s` : t`${bad} failed, ${good} passed in ${seconds} s`;
}

/** Returns a line for each place that no test reaches. */
export function missedLines(coverage: Coverage[]): string[] {
  const untested = coverage.filter(({ tests }) => tests === 0).map(({ campaign }) => campaign);
  const missed = coverage
    .filter(({ tests }) => tests > 0)
    .flatMap(({ campaign, missed }) =>
      missed.map((place) => {
        const twins = missed.filter(({ way }) => way !== undefined && way === place.way).length > 1;
        // An arm is named without its split, if its name is unique.
        return twins && place.kind === 'split'
          ? t`${missedWords(place)} of ${campaign} (split ${place.step}) is never reached by a test`
          : t`${missedWords(place)} of ${campaign} is never reached by a test`;
      }),
    );
  return untested.length === 0 ? missed : [...missed, t`without a test: ${untested.join(', ')}`];
}

/** Returns `arm plain` or `step send-1`. */
export function missedWords({ step, way, kind }: Missed): string {
  return way === undefined ? t`step ${step}` : branchWords(kind, step, way);
}
