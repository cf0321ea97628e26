import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../spec/diagnostic.ts';
import { rangeAt } from '../../spec/source/position.ts';
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
