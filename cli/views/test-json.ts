import type { Pairing, TestResult } from '../../engine/dry-run/tests/result.ts';
import type { Origins } from '../../spec/model/model.ts';
import { missedWords, type TestReport } from './test-report.ts';

/**
 * Returns a line for each test and each campaign's coverage, then one for all. Instants are ISO 8601, offsets milliseconds after
 * the start of the test.
 */
export function testJson({ results, coverage, total, duration }: TestReport, origins: Origins): string {
  const tests = results.map((result) => testLine(result, origins));
  const covered = coverage.map(({ missed, ...rest }) => ({
    type: 'coverage',
    ...rest,
    missed: missed.map((one) => ({ ...one, text: missedWords(one) })),
  }));
  const passed = results.filter((result) => result.passed).length;
  const summary = {
    type: 'summary',
    format: 1,
    tests: results.length,
    passed,
    failed: results.length - passed,
    percent: total,
    duration: Math.round(duration),
  };
  return [...tests, ...covered, summary].map((line) => `${JSON.stringify(line)}\n`).join('');
}

function testLine(result: TestResult, origins: Origins): Record<string, unknown> {
  const { test, passed, problems, messages, exits, attributes } = result;
  const source = origins[`test.${test.name}`];
  const rows = <E, A extends { at: number }>(pairings: Pairing<E, A>[]) =>
    pairings.map(({ expected, actual, differences }) => ({
      expected: expected ?? null,
      actual: actual ? { ...actual, at: actual.at - test.start } : null,
      differences,
    }));
  return {
    type: 'test',
    name: test.name,
    campaign: test.campaign,
    ...(source && { file: source.file, line: source.start.line }),
    start: new Date(test.start).toISOString(),
    passed,
    problems,
    ...(messages && { messages: rows(messages) }),
    ...(exits && { exits: rows(exits) }),
    attributes,
  };
}
