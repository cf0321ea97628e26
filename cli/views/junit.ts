import type { Diagnostic, Severity, SourceFile } from '../../spec/diagnostics/diagnostic.ts';
import { type Element, xmlDocument } from './xml.ts';

/** Renders diagnostics as a JUnit report with a test case for each file, which fails if the file has errors. */
export function junitReport(diagnostics: Diagnostic[], files: SourceFile[], pathOf: (path: string) => string): string {
  const nowhere = diagnostics.filter(({ range }) => !range);
  const cases = files.map(({ path }) =>
    testcase(
      pathOf(path),
      diagnostics.filter(({ range }) => range?.file === path),
    ),
  );
  if (nowhere.length > 0) cases.unshift(testcase('the project', nowhere));
  const failures = cases.filter(({ children = [] }) => isFailing(children)).length;
  const counts = { tests: cases.length, failures, errors: 0, skipped: 0 };
  const suite = { name: 'testsuite', attributes: { name: 'crm validate', ...counts }, children: cases };
  return xmlDocument({ name: 'testsuites', attributes: { name: 'crm validate', ...counts }, children: [suite] });
}

function testcase(name: string, diagnostics: Diagnostic[]): Element {
  const of = (wanted: (severity: Severity) => boolean) => diagnostics.filter(({ severity }) => wanted(severity));
  const failures = of((severity) => severity === 'error').map(
    (diagnostic): Element => ({
      name: 'failure',
      attributes: { type: diagnostic.code, message: diagnostic.message },
      children: failureText(diagnostic),
    }),
  );
  const rest = of((severity) => severity !== 'error').map(
    (diagnostic) => `${diagnostic.severity} ${failureText(diagnostic)}`,
  );
  const out: Element[] = rest.length > 0 ? [{ name: 'system-out', children: rest.join('\n') }] : [];
  return { name: 'testcase', attributes: { classname: 'crm.validate', name }, children: [...failures, ...out] };
}

function isFailing(children: Element[] | string): boolean {
  return typeof children !== 'string' && children.some(({ name }) => name === 'failure');
}

function failureText({ code, message, range, help }: Diagnostic): string {
  const place = range ? `${range.file}:${range.start.line}:${range.start.column}: ` : '';
  return `${place}${code} ${message}${help === undefined ? '' : `. ${help}`}`;
}
