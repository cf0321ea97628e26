import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../spec/diagnostics/diagnostic.ts';
import { rangeAt } from '../../spec/diagnostics/position.ts';
import { diagnosticJson, renderDiagnostics, summariseDiagnostics } from './diagnostics.ts';

function finding(text: string, meant: string, severity: Diagnostic['severity'] = 'error'): Diagnostic {
  const start = text.indexOf(meant);
  const range = rangeAt('crm.yaml', text, start, start + meant.length);
  return { code: 'CRM1010', severity, message: 'Something is wrong', range, help: 'Mend it.' };
}

function render(text: string, meant: string, width = 100): string[] {
  const files = [{ path: 'crm.yaml', text }];
  return renderDiagnostics([finding(text, meant)], files, { color: false, width }).split('\n');
}

/** The columns over the carets. */
function underlined(lines: string[]): string {
  const [, , , code = '', carets = ''] = lines;
  const from = carets.indexOf('^');
  const to = carets.lastIndexOf('^') + 1;
  let column = 0;
  let found = '';
  for (const letter of code) {
    if (column >= from && column < to) found += letter;
    column += stringWidth(letter);
  }
  return found;
}

describe('the code frame', () => {
  it.each([
    ['Latin', 'a: 1\nkey: wrong value\n', 'wrong'],
    ['Cyrillic', 'title: Спящие покупатели, wrong\n', 'wrong'],
    ['wide letters', 'title: 日本語のテキスト wrong\n', 'wrong'],
    ['wide letters meant', 'title: x 日本語 y\n', '日本語'],
    ['tabs', '\ta:\twrong\n', 'wrong'],
    ['Windows line ends', 'a: 1\r\nb: wrong\r\n', 'wrong'],
    ['a byte order mark', '\uFEFFa: wrong\n', 'wrong'],
    ['the last line', 'a: 1\nb: wrong', 'wrong'],
  ])('underlines what is meant: %s', (_name, text, meant) => {
    expect(underlined(render(text, meant))).toBe(meant);
  });

  it.each([40, 60, 100])('cuts long lines around it to %i columns', (width) => {
    const text = `a: ${'слово '.repeat(200)}wrong${' 日本'.repeat(200)}\n`;
    const lines = render(text, 'wrong', width);
    expect(underlined(lines)).toBe('wrong');
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width);
  });

  it('lets no file steer the terminal', () => {
    const shown = render('a: \u001b[2Jwrong\u202Ex\n', 'wrong').join('\n');
    expect(shown).not.toContain('\u001b');
    expect(shown).not.toContain('\u202E');
  });

  it('does not show passwords', () => {
    const lines = render('url: smtp://shop:hunter2@mail.example.com, wrong\n', 'wrong');
    expect(lines.join('\n')).not.toContain('hunter2');
    expect(underlined(lines)).toBe('wrong');
  });
});

describe('findings with the same text', () => {
  const files = ['a.crm', 'b.crm', 'c.crm'].map((path) => ({ path, text: 'campaign x {}\n' }));
  const found = (path: string, message: string, more: Partial<Diagnostic> = {}): Diagnostic => {
    const range = rangeAt(path, 'campaign x {}\n', 9, 10);
    return { code: 'CRM5022', severity: 'info', message, range, help: 'Mend it.', ...more };
  };
  const lines = (diagnostics: Diagnostic[]) =>
    renderDiagnostics(diagnostics, files, { color: false, width: 80 }).split('\n');

  it('are shown once, with all places', () => {
    expect(lines(files.map(({ path }) => found(path, 'Something is wrong')))).toEqual([
      'info CRM5022 Something is wrong',
      '  a.crm:1:10',
      '    |',
      '  1 | campaign x {}',
      '    |          ^',
      '  also: b.crm:1:10, c.crm:1:10',
      '  help: Mend it.',
      '',
    ]);
  });

  it('of a lint rule may differ in names', () => {
    const shown = lines(
      files.map(({ path }, i) => found(path, `No test runs \`${i}\``, { rule: 'campaign-without-test' })),
    );
    expect(shown[0]).toBe('info CRM5022 No test runs `0` (campaign-without-test)');
    expect(shown.slice(5)).toEqual(['  also: `1` b.crm:1:10, `2` c.crm:1:10', '  help: Mend it.', '']);
  });

  it('of a lint rule have their own words where more than names is different', () => {
    const rule = 'contradictory-segment';
    const shown = lines([found('a.crm', 'It holds nobody', { rule }), found('b.crm', 'It holds everybody', { rule })]);
    expect(shown[5]).toBe('  also: b.crm:1:10 It holds everybody');
  });

  it('count as many in the summary', () => {
    const all = files.map(({ path }) => found(path, 'Something is wrong'));
    expect(summariseDiagnostics(all)).toBe('3 notes in 3 files');
  });

  it('are those with the same remedy and the same severity', () => {
    const [one, other] = [found('a.crm', 'Wrong'), found('b.crm', 'Wrong', { help: 'Mend that.' })];
    expect(lines([one, other]).filter((line) => line.startsWith('info'))).toHaveLength(2);
    expect(
      lines([one, found('b.crm', 'Wrong', { severity: 'error' })]).filter((line) => /^\w/.test(line)),
    ).toHaveLength(2);
  });

  it('name no more than twenty further places', () => {
    const many = Array.from({ length: 30 }, () => found('a.crm', 'Wrong'));
    expect(
      lines(many)
        .join('\n')
        .match(/a\.crm/g),
    ).toHaveLength(21);
    expect(lines(many)).toContain('  also: 9 more places');
  });
});

describe.each([80, 120])('at %i columns', (width) => {
  it('message, places and help break at words', () => {
    const text = 'a: wrong\n';
    const long = 'The campaign has many words that say what is wrong with it, `and a command in one piece`, and more. '
      .repeat(3)
      .trim();
    const all = Array.from({ length: 12 }, () => ({ ...finding(text, 'wrong'), message: long, help: long }));
    const shown = renderDiagnostics(all, [{ path: 'crm.yaml', text }], { color: true, width }).split('\n');
    for (const line of shown) expect(stringWidth(line)).toBeLessThanOrEqual(width);
    const words = stripVTControlCharacters(shown.join(' ')).replaceAll(/\s+/g, ' ');
    expect(words.split(long).length - 1).toBe(2);
    expect(shown.filter((line) => line.includes('`'))).toEqual(shown.filter((line) => /`[^`]*`/.test(line)));
  });
});

describe('the rest', () => {
  const text = 'a: wrong\n';
  const both = [finding(text, 'wrong'), finding(text, 'a', 'warning')];

  it('colours only where asked', () => {
    const files = [{ path: 'crm.yaml', text }];
    expect(renderDiagnostics(both, files, { color: true, width: 80 })).toContain('\u001b[31m');
    expect(renderDiagnostics(both, files, { color: false, width: 80 })).not.toContain('\u001b');
  });

  it('shows a finding without a place or without its file', () => {
    const [first] = both;
    const files = renderDiagnostics([{ code: 'CRM1006', severity: 'error', message: 'None' }], [], {
      color: false,
      width: 80,
    });
    expect(files).toBe('error CRM1006 None\n');
    expect(first && renderDiagnostics([first], [], { color: false, width: 80 })).toContain('crm.yaml:1:4');
  });

  it('counts', () => {
    expect(summariseDiagnostics(both)).toBe('1 error and 1 warning in 1 file');
    expect(summariseDiagnostics([])).toBe('');
  });

  it('has a JSON form', () => {
    expect(both[0] && diagnosticJson(both[0])).toEqual({
      type: 'diagnostic',
      code: 'CRM1010',
      severity: 'error',
      message: 'Something is wrong',
      file: 'crm.yaml',
      line: 1,
      column: 4,
      endLine: 1,
      endColumn: 9,
      help: 'Mend it.',
    });
  });
});
