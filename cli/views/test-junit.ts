import type { TestResult } from '../../engine/dry-run/tests/result.ts';
import type { Origins } from '../../spec/model/model.ts';
import { renderFailure } from './test-timeline.ts';
import { type Element, xmlDocument } from './xml.ts';

export interface TestJunitOptions {
  origins: Origins;
  /** The project's time zone, IANA. */
  zone: string;
  /** The duration of the whole run, milliseconds. */
  duration: number;
  /** Returns the name of a file in the report. */
  pathOf(path: string): string;
}

/**
 * Returns a suite for each campaign and a case for each test. Tests are executed together, so each gets an equal part of the duration.
 * `file` and `line` are where the test is written.
 */
export function testJunit(results: TestResult[], options: TestJunitOptions): string {
  const each = options.duration / 1000 / Math.max(1, results.length);
  const suites = [...Map.groupBy(results, ({ test }) => test.campaign)].map(([name, mine]): Element => {
    const cases = mine.map((result) => testcase(result, each, options));
    return { name: 'testsuite', attributes: { name, ...counts(mine, each) }, children: cases };
  });
  return xmlDocument({
    name: 'testsuites',
    attributes: { name: 'crm test', ...counts(results, each) },
    children: suites,
  });
}

function counts(results: TestResult[], each: number): Record<string, string | number> {
  const failures = results.filter(({ passed }) => !passed).length;
  return { tests: results.length, failures, errors: 0, skipped: 0, time: (results.length * each).toFixed(3) };
}

function testcase(result: TestResult, each: number, { origins, zone, pathOf }: TestJunitOptions): Element {
  const { test, passed } = result;
  const source = origins[`test.${test.name}`];
  const place = source && { file: pathOf(source.file), line: source.start.line };
  const attributes = { classname: test.campaign, name: test.name, time: each.toFixed(3), ...place };
  if (passed) return { name: 'testcase', attributes };
  const text = renderFailure(result, { source, zone, color: false, width: 120 }).join('\n');
  const failure: Element = {
    name: 'failure',
    attributes: { type: 'expectation', message: failureWords(result) },
    children: text,
  };
  return { name: 'testcase', attributes, children: [failure] };
}

/** Returns a sentence with the number of differences. */
export function failureWords({ problems, messages = [], exits = [], attributes }: TestResult): string {
  if (problems[0] !== undefined) return problems[0];
  const rows = [...messages, ...exits];
  const kinds = [
    [rows.filter(({ actual }) => !actual).length, 'missing'],
    [rows.filter(({ expected }) => !expected).length, 'unexpected'],
    [
      rows.filter((row) => row.expected && row.actual && row.differences.length > 0).length + attributes.length,
      'different',
    ],
  ] as const;
  return kinds.flatMap(([count, word]) => (count > 0 ? [`${count} ${word}`] : [])).join(', ');
}
