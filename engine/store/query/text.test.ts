import fc, { type Arbitrary } from 'fast-check';
import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import { parsePattern } from '../../../spec/expression/pattern.ts';
import { openDuckDb, openPostgresStore } from '../../../test/stores.ts';
import { patternText } from './text.ts';

it.each([
  ['^\\+7\\d{10}$', '^\\+7[0-9]{10}$'],
  ['a|(b|c)*', 'a|(?:b|c)*'],
  ['x(b|c)y', 'x(?:b|c)y'],
  ['(ab)?c{2,}', '(?:ab)?c{2,}'],
  ['.[^a-f\\]]', '[^\n][^a-f\\]]'],
  ['\\S\\w', '[^\t-\n\f-\r ][0-9A-Z_a-z]'],
  ['\\{', '\\{'],
])('%s is written as %s', (text, written) => {
  expect(patternText(text)).toBe(written);
});

const characters = ['a', 'b', 'я', 'Ё', '0', '_', ' ', '\n', '-', '.', '😀', ']', '^'];
const escaped = (character: string) => (/[-.\]^]/.test(character) ? `\\${character}` : character);

/** Texts of patterns; the sign that outside of brackets needs no escape is not given one, as JavaScript wants it. */
const patterns: Arbitrary<string> = fc.letrec<{ choice: string; part: string }>((tie) => {
  const single = fc.constantFrom(...characters).map((character) => (character === '-' ? '-' : escaped(character)));
  const member = fc.oneof(
    fc.constantFrom(...characters).map(escaped),
    fc.constantFrom('a-f', 'а-я', '0-9', '\\d', '\\w'),
  );
  const set = fc
    .tuple(fc.boolean(), fc.array(member, { minLength: 1, maxLength: 3 }))
    .map(([negated, members]) => `[${negated ? '^' : ''}${members.join('')}]`);
  const repeated = fc
    .tuple(tie('part'), fc.constantFrom('*', '+', '?', '{2}', '{0,2}', '{1,}'))
    .map(([part, count]) => (/^(\\?[^\\()]|\[.*\]|\\.)$/su.test(part) ? `${part}${count}` : `(${part})${count}`));
  return {
    part: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'pattern' },
      single,
      set,
      fc.constantFrom('.', '\\d', '\\W', '\\D'),
      fc.constantFrom('(^)', '($)', '^a', 'a$'),
      repeated,
      fc.array(tie('part'), { minLength: 2, maxLength: 3 }).map((parts) => parts.join('')),
      tie('choice').map((choice) => `(${choice})`),
    ),
    choice: fc.array(tie('part'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('|')),
  };
}).choice;

it('a pattern finds the same on DuckDB, on PostgreSQL and in JavaScript', async () => {
  const stores = [await openDuckDb(), await openPostgresStore()];
  const seen = { yes: 0, no: 0 };
  await fc.assert(
    fc.asyncProperty(patterns, fc.array(fc.constantFrom(...characters), { maxLength: 4 }), async (pattern, parts) => {
      fc.pre('pattern' in parsePattern(pattern));
      const text = parts.join('');
      const dotless = pattern.replaceAll(/\\[\s\S]|\[(?:\\[\s\S]|[^\]])*\]|\./g, (part) =>
        part === '.' ? '[^\n]' : part,
      );
      const meant = new RegExp(dotless, 'u').test(text);
      for (const { db } of stores) {
        const found = db.dialect.hasPattern(sql`${text}::text`, sql`${patternText(pattern)}::text`);
        const [row] = await db.query(sql`SELECT ${found} AS found`);
        expect(row?.found, `${db.dialect.name}: ${JSON.stringify(text)} matches ${pattern}`).toBe(meant);
      }
      seen[meant ? 'yes' : 'no']++;
    }),
    { numRuns: 1500, seed: Number(process.env.PATTERN_SEED ?? 1) },
  );
  for (const { close } of stores) await close();
  expect(Math.min(seen.yes, seen.no)).toBeGreaterThan(150);
}, 60_000);
