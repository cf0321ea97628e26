import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readYaml } from './yaml.ts';

const read = (text: string) => readYaml({ path: 'crm.yaml', text });
const codesOf = (text: string) => read(text).diagnostics.map(({ code }) => code);

describe('unfit files', () => {
  it.each([
    ['5 MB', `a: ${'x'.repeat(5_000_001)}`, 'CRM1004'],
    ['deep brackets', `a: ${'['.repeat(50_000)}`, 'CRM1004'],
    ['closed deep brackets', `a: ${'['.repeat(3_000)}${']'.repeat(3_000)}`, 'CRM1004'],
    ['101 levels', `a: ${'['.repeat(101)}${']'.repeat(101)}`, 'CRM1004'],
    ['deep dashes', '- '.repeat(50_000), 'CRM1004'],
    ['deep maps', Array.from({ length: 500 }, (_, level) => `${' '.repeat(level)}a:`).join('\n'), 'CRM1004'],
    ['NUL', 'a: b\u0000', 'CRM1005'],
    ['an escape sequence', 'a: \u001b[31mred', 'CRM1005'],
    ['not UTF-8', 'a: \uFFFD', 'CRM1005'],
    ['a circle of aliases', 'a: &a [*a]', 'CRM1004'],
  ])('%s', (_name, text, code) => {
    expect(codesOf(text)).toEqual([code]);
  });

  it('points at the character', () => {
    const [found] = read('a: 1\nb: x\u0007y\n').diagnostics;
    expect(found?.range?.start).toEqual({ offset: 9, line: 2, column: 5 });
    expect(found?.message).toContain('U+0007');
  });
});

describe('fit files', () => {
  it.each([
    ['a byte order mark', '\uFEFFa: 1\n'],
    ['Windows line ends', 'a: 1\r\n'],
    ['99 levels', `a: ${'['.repeat(98)}1${']'.repeat(98)}`],
    ['a comment alone', '# nothing\n'],
    ['nothing', ''],
    ['an alias', 'a: &x [1]\nb: *x\n'],
  ])('%s', (_name, text) => {
    expect(codesOf(text)).toEqual([]);
  });

  it('reads YAML 1.2: on and yes are words, times are text', () => {
    expect(read('on: yes\nfrom: 21:00\n').file?.value).toEqual({ on: 'yes', from: '21:00' });
  });

  it('reads keys that objects have of themselves', () => {
    const value = read('__proto__: 1\ntoString: { constructor: 2 }\n').file?.value;
    expect(JSON.stringify(value)).toBe('{"__proto__":1,"toString":{"constructor":2}}');
  });

  it('counts lines by what editors call a line', () => {
    const { file } = read('a: 1\r\nb: [x,\r\n  y]\r\n');
    expect(file?.range(6, 7).start).toEqual({ offset: 6, line: 2, column: 1 });
  });
});

it('never throws', () => {
  const piece = fc.constantFrom(
    'a',
    ': ',
    '- ',
    '\n',
    '  ',
    '\t',
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
    '&x ',
    '*x',
    '!t ',
    '|',
    '>',
    '#',
    '? ',
    '---\n',
    '%',
    '\\',
    '\r',
    'ж',
    ',',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const { file, diagnostics } = read(pieces.join(''));
      expect(file === undefined).toBe(diagnostics.length > 0);
      expect(file?.value).toEqual(file?.document.toJS());
      for (const { range, message } of diagnostics) {
        expect(message).not.toMatch(/undefined|^This is not valid YAML: $/);
        expect(range?.start.line).toBeGreaterThan(0);
      }
    }),
    { numRuns: 2000 },
  );
});
