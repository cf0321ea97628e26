import pc from 'picocolors';
import type { Coverage, Missed } from '../../engine/test/coverage.ts';
import type { TestResult } from '../../engine/test/result.ts';
import type { Origins } from '../../spec/model/model.ts';
import { indent, many, type ViewOptions } from './format.ts';
import { renderFailure } from './test-timeline.ts';

export interface TestReport {
  results: TestResult[];
  coverage: Coverage[];
  /** Percent of all of it that is reached. */
  total: number;
  /** Milliseconds. */
  duration: number;
}

export interface TestReportView extends ViewOptions {
  /** The project's, IANA. */
  zone: string;
  origins: Origins;
  /** Also those that passed, by name. */
  verbose: boolean;
  /** Everything that no test reaches. */
  coverage: boolean;
}

/** All of a run: what passed by campaign, what failed as timelines, what is not reached, and a last line with the counts. */
export function renderTests(report: TestReport, view: TestReportView): string {
  const { results, coverage } = report;
  const colors = pc.createColors(view.color);
  const campaigns = [...Map.groupBy(results, ({ test }) => test.campaign)].flatMap(([name, mine]) => {
    const passed = mine.filter((result) => result.passed);
    const sign = passed.length === mine.length ? colors.green('✓') : colors.red('✗');
    const found = coverage.find(({ campaign }) => campaign === name);
    const share = found ? `, ${found.percent}% reached` : '';
    const title = `${sign} ${colors.bold(name)} ${colors.dim(`${passed.length} of ${many(mine.length, 'test')}${share}`)}`;
    return [title, ...(view.verbose ? indent(passed.map(({ test }) => `${colors.green('✓')} ${test.name}`)) : [])];
  });
  const failures = results
    .filter(({ passed }) => !passed)
    .flatMap((result) => ['', ...renderFailure(result, { ...view, source: view.origins[`test.${result.test.name}`] })]);
  const missed = view.coverage ? missedLines(coverage) : [];
  const lines = [...campaigns, ...failures, ...(missed.length > 0 ? ['', ...missed] : []), '', summary(report, colors)];
  return `${lines.join('\n')}\n`;
}

type Colors = ReturnType<typeof pc.createColors>;

function summary({ results, coverage, total, duration }: TestReport, colors: Colors): string {
  const passed = results.filter((result) => result.passed).length;
  const failed = results.length - passed;
  const counts = [failed > 0 && colors.red(`${failed} failed`), passed > 0 && colors.green(`${passed} passed`)];
  const share = `${total}% of the steps and arms of ${many(coverage.length, 'campaign')} reached`;
  return `${counts.filter(Boolean).join(', ')} ${colors.dim(`in ${(duration / 1000).toFixed(1)} s`)}; ${share}`;
}

/** A line for each thing that no test reaches. */
export function missedLines(coverage: Coverage[]): string[] {
  const untested = coverage.filter(({ tests }) => tests === 0).map(({ campaign }) => campaign);
  const missed = coverage
    .filter(({ tests }) => tests > 0)
    .flatMap(({ campaign, missed }) =>
      missed.map((place) => {
        const twins = missed.filter(({ way }) => way !== undefined && way === place.way).length > 1;
        const split = twins && place.kind === 'split' ? ` (split ${place.step})` : '';
        return `${missedWords(place)} of ${campaign}${split} is never reached by a test`;
      }),
    );
  return untested.length === 0 ? missed : [...missed, `without a test: ${untested.join(', ')}`];
}

/** `arm plain`, `step send-1` */
export function missedWords({ step, way, kind }: Missed): string {
  if (way === undefined) return `step ${step}`;
  if (kind === 'split') return `arm ${way}`;
  if (kind === 'await')
    return `the way on from ${step} where ${way === 'then' ? 'it comes' : 'it does not come in time'}`;
  return `the way on from ${step} where the condition ${way === 'then' ? 'holds' : 'does not hold'}`;
}
