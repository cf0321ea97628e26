import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../spec/diagnostics/diagnostic.ts';
import { rangeAt } from '../../spec/diagnostics/position.ts';
import { annotationOf } from './annotation.ts';
import { githubAnnotations } from './github.ts';
import { gitlabReport } from './gitlab.ts';
import { junitReport } from './junit.ts';
import { pathsFrom } from './paths.ts';

const text = 'a: 1\nb: wrong\nc:\n';
const file = { path: 'campaigns/a,b:c.crm.yaml', text };
const at = (start: number, end: number) => rangeAt(file.path, text, start, end);
const error: Diagnostic = {
  code: 'CRM1010',
  severity: 'error',
  message: '100% <wrong> & "bad"',
  range: at(8, 13),
  help: 'Mend it.',
};
const warning: Diagnostic = {
  code: 'CRM5021',
  severity: 'warning',
  rule: 'no-control-arm',
  message: 'Long',
  range: at(5, 16),
};
const nowhere: Diagnostic = { code: 'CRM1006', severity: 'info', message: 'None' };

describe('GitHub annotations', () => {
  it('escape what has a meaning there', () => {
    expect(githubAnnotations([annotationOf(error)], (path) => `shop/${path}`)).toBe(
      '::error file=shop/campaigns/a%2Cb%3Ac.crm.yaml,line=2,endLine=2,col=4,endColumn=9,title=CRM1010::' +
        '100%25 <wrong> & "bad"%0AMend it.\n',
    );
  });

  it('name no column of what spans lines, and no place of what has none', () => {
    expect(githubAnnotations([warning, nowhere].map(annotationOf), (path) => path).split('\n')).toEqual([
      '::warning file=campaigns/a%2Cb%3Ac.crm.yaml,line=2,endLine=3,title=CRM5021 no-control-arm::Long',
      '::notice title=CRM1006::None',
      '',
    ]);
  });
});

describe('code quality for GitLab', () => {
  const report = (diagnostics: Diagnostic[]) =>
    JSON.parse(gitlabReport(diagnostics.map(annotationOf), (path) => `shop/${path}`, 'crm.yaml'));

  it('has the place, the severity and a fingerprint for each', () => {
    expect(report([error, nowhere])).toEqual([
      {
        description: '100% <wrong> & "bad" Mend it.',
        check_name: 'CRM1010',
        fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
        severity: 'critical',
        location: { path: 'shop/campaigns/a,b:c.crm.yaml', lines: { begin: 2, end: 2 } },
      },
      expect.objectContaining({ severity: 'info', location: { path: 'shop/crm.yaml', lines: { begin: 1, end: 1 } } }),
    ]);
  });

  it('has another fingerprint for each of the same, and the same one where lines move', () => {
    const [one, other] = report([error, error]);
    expect(one.fingerprint).not.toBe(other.fingerprint);
    const moved = { ...error, range: at(10, 13) };
    expect(report([moved])[0].fingerprint).toBe(one.fingerprint);
  });
});

describe('JUnit', () => {
  const report = (diagnostics: Diagnostic[]) =>
    junitReport(diagnostics, [file, { path: 'crm.yaml', text: '' }], (path) => path);

  it('has a case for each file, which fails where there are errors', () => {
    expect(report([error, warning])).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="crm validate" tests="2" failures="1" errors="0" skipped="0">
  <testsuite name="crm validate" tests="2" failures="1" errors="0" skipped="0">
    <testcase classname="crm.validate" name="campaigns/a,b:c.crm.yaml">
      <failure type="CRM1010" message="100% &lt;wrong&gt; &amp; &quot;bad&quot;">campaigns/a,b:c.crm.yaml:2:4: CRM1010 100% &lt;wrong&gt; &amp; "bad". Mend it.</failure>
      <system-out>warning campaigns/a,b:c.crm.yaml:2:1: CRM5021 Long</system-out>
    </testcase>
    <testcase classname="crm.validate" name="crm.yaml"/>
  </testsuite>
</testsuites>
`);
  });

  it('has a case for what is nowhere, and counts it', () => {
    const shown = report([{ ...nowhere, severity: 'error' }]);
    expect(shown).toContain('tests="3" failures="1"');
    expect(shown).toContain('<testcase classname="crm.validate" name="the project">');
  });

  it('holds no character that XML does not', () => {
    const shown = report([{ ...error, message: 'a\u0000b\u001b[2J\uD800\n\tc' }]);
    expect(shown).toContain('message="a\uFFFDb\uFFFD[2J\uFFFD&#10;&#9;c"');
    expect(shown.isWellFormed()).toBe(true);
  });
});

describe('paths from elsewhere', () => {
  it.each([
    ['/repo', '/repo', 'crm.yaml'],
    ['/repo', '/repo/shops/one', 'shops/one/crm.yaml'],
    ['/repo/shops', '/repo', 'crm.yaml'],
    ['/repo', '/repository', 'crm.yaml'],
    ['/repo', '/repo/..shop', '..shop/crm.yaml'],
  ])('%s → %s', (base, root, path) => {
    expect(pathsFrom(base, root)('crm.yaml')).toBe(path);
  });
});
