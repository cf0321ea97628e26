import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { readYaml } from '../yaml/yaml.ts';
import { Place } from './place.ts';

/** Returns a text without what quoting adds: both kinds of quotes double or escape some characters. */
function folded(text: string): string {
  return text.replaceAll(/[\\'\s]/g, '');
}

function placeOf(text: string): Place {
  const { file, diagnostics } = readYaml({ path: 'x.crm.yaml', text });
  if (!file) throw new Error(JSON.stringify(diagnostics));
  return new Place(file, ['where']);
}

describe('positions inside a text value', () => {
  it.each([
    ['plain', 'where: aa bb cc\n'],
    ['plain on two lines', 'where: aa\n   bb cc\n'],
    ['single quotes', "where: 'it''s aa  bb cc'\n"],
    ['double quotes', 'where: "\\"x\\" \\u0041 \\n aa bb cc"\n'],
    ['an escaped line break', 'where: "aa \\\n   bb cc"\n'],
    ['literal block', 'where: |\n  aa\n    bb cc\n'],
    ['folded block with a comment', 'where: >- # bb\n  aa\n  bb\n  cc\n'],
    ['Windows line ends', 'where: >-\r\n  aa\r\n  bb\r\n  cc\r\n'],
  ])('%s', (_name, text) => {
    const place = placeOf(text);
    const value = (place.file.value as { where: string }).where;
    for (const word of ['aa', 'bb', 'cc']) {
      const at = value.indexOf(word);
      if (at === -1) continue;
      const { start, end } = place.inside(at, at + word.length);
      expect(text.slice(start.offset, end.offset)).toBe(word);
    }
    expect(value).toContain('bb');
  });

  it('finds every word, however YAML writes the text', () => {
    const word = fc.stringMatching(/^[a-zа-я"'\\:#{}-]{1,6}$/);
    const styles = fc.constantFrom('PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_FOLDED', 'BLOCK_LITERAL');
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 30 }), styles, (words, style) => {
        const value = words.join(' ');
        const text = stringify({ where: value }, { defaultStringType: style, lineWidth: 40 });
        const place = placeOf(text);
        expect((place.file.value as { where: string }).where.trimEnd()).toBe(value);
        let offset = 0;
        for (const one of words) {
          const { start, end } = place.inside(offset, offset + one.length);
          expect(folded(text.slice(start.offset, end.offset))).toBe(folded(one));
          offset += one.length + 1;
        }
      }),
    );
  });
});
