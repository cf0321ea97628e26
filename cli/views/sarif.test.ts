import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allCodes, codes } from '../../spec/diagnostics/codes.ts';
import type { Diagnostic, SourceFile } from '../../spec/diagnostics/diagnostic.ts';
import { rangeAt } from '../../spec/diagnostics/position.ts';
import { sarifLog } from './sarif.ts';

const path = new URL('../../test/fixtures/sarif-2.1.0-rtm.5.json', import.meta.url);
// Ajv does not support draft-04; the schema uses nothing of it but the spelling of its own address.
const { $schema: _draft, id: _id, ...schema } = JSON.parse(readFileSync(path, 'utf8'));
const formats = {
  uri: (text: string) => URL.canParse(text),
  'uri-reference': (text: string) => URL.canParse(text, 'file:///root/') && !/[\s\\]/.test(text),
  'date-time': true,
} as const;
const validate = new Ajv({ strict: false, allErrors: true, formats, unicodeRegExp: false }).compile(schema);

const text = 'a: 1\nb: "😀" wrong\n';
const file: SourceFile = { path: 'campaigns/мой файл.crm.yaml', text };

function finding(part: Partial<Diagnostic> = {}): Diagnostic {
  const start = text.indexOf('wrong');
  const range = rangeAt(file.path, text, start, start + 5);
  return { code: 'CRM1010', severity: 'error', message: 'Something is wrong', range, help: 'Mend it.', ...part };
}

function logOf(diagnostics: Diagnostic[], files = [file]) {
  const log = sarifLog(diagnostics, { version: '1.2.3', files, pathOf: (one) => `shop/${one}` });
  expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
  return log;
}

describe('SARIF', () => {
  it('is refused by the schema where it is not SARIF', () => {
    const log = sarifLog([finding()], { version: '1.2.3', files: [file], pathOf: (one) => one });
    expect(validate({ ...log, version: '2.2.0' })).toBe(false);
    const [run] = log.runs;
    expect(validate({ ...log, runs: [{ ...run, results: [{ level: 'fatal' }] }] })).toBe(false);
  });

  it('gives the place in UTF-16 code units, from the root of the sources', () => {
    const [run] = logOf([finding()]).runs;
    expect(run?.columnKind).toBe('utf16CodeUnits');
    expect(run?.results?.[0]).toEqual({
      ruleId: 'CRM1010',
      ruleIndex: 0,
      level: 'error',
      message: { text: 'Something is wrong. Mend it.' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: {
              uri: 'shop/campaigns/%D0%BC%D0%BE%D0%B9%20%D1%84%D0%B0%D0%B9%D0%BB.crm.yaml',
              uriBaseId: '%SRCROOT%',
            },
            region: { startLine: 2, startColumn: 9, endLine: 2, endColumn: 14 },
          },
        },
      ],
    });
    expect(run?.originalUriBaseIds).toHaveProperty('%SRCROOT%');
  });

  it('describes each rule once', () => {
    const both = [finding({ code: 'CRM4003' }), finding(), finding({ severity: 'info', rule: 'x', code: 'CRM5050' })];
    const [run] = logOf([...both, ...both]).runs;
    expect(run?.tool.driver.rules?.map(({ id }) => id)).toEqual(['CRM1010', 'CRM4003', 'CRM5050']);
    expect(run?.results?.map(({ ruleIndex }) => ruleIndex)).toEqual([1, 0, 2, 1, 0, 2]);
    expect(run?.results?.[2]?.level).toBe('note');
    expect(run?.tool.driver.rules?.[1]?.shortDescription?.text).toBe(`${codes.CRM4003.title}.`);
  });

  it('brings fixes along', () => {
    const range = rangeAt(file.path, text, 0, 5);
    const [run] = logOf([finding({ fix: { title: 'Remove it', edits: [{ range, text: '' }] } })]).runs;
    expect(run?.results?.[0]?.fixes?.[0]?.artifactChanges[0]?.replacements).toEqual([
      {
        deletedRegion: { startLine: 1, startColumn: 1, endLine: 2, endColumn: 1 },
        insertedContent: { text: '' },
      },
    ]);
  });

  it('does not count a byte order mark, and needs no place', () => {
    const marked = { path: 'crm.yaml', text: '\uFEFFa: wrong\n' };
    const [first, second] = [finding({ range: rangeAt('crm.yaml', marked.text, 4, 9) }), finding()];
    delete second.range;
    const [run] = logOf([first, second], [marked]).runs;
    expect(run?.results?.[0]?.locations?.[0]?.physicalLocation?.region?.startColumn).toBe(4);
    expect(run?.results?.[1]).not.toHaveProperty('locations');
  });

  it('is valid for all findings in all places', () => {
    const any = fc.record({
      code: fc.constantFrom(...allCodes),
      severity: fc.constantFrom('error', 'warning', 'info'),
      message: fc.string({ unit: 'binary', minLength: 1 }),
      from: fc.nat(20),
      length: fc.nat(20),
      path: fc.string({ unit: 'grapheme', minLength: 1 }).map((name) => `${name.toWellFormed()}.crm`),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 4 }), (list) => {
        logOf(
          list.map(({ code, severity, message, from, length, path: name }): Diagnostic => {
            const range = rangeAt(name, text, from, Math.min(text.length, from + length));
            return { code, severity, message, range, fix: { title: 'Do it', edits: [{ range, text: message }] } };
          }),
        );
      }),
      { numRuns: 25 },
    );
  });
});
