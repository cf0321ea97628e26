import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crmExpression } from '../../spec/dsl/print-scalar.ts';
import { readCrm } from '../../spec/dsl/read.ts';
import { parseExpression } from '../../spec/expression/parse.ts';
import { printExpression } from '../../spec/expression/print.ts';
import { tidyExpression } from '../../spec/expression/respace.ts';
import { conditions } from '../interpreter/arbitrary.ts';

const seed = Number(process.env.LAW_SEED ?? 20_260_302);
const reference = readFileSync(new URL('../../docs/reference/expressions.md', import.meta.url), 'utf8');
const examples = [...reference.matchAll(/\| `([^`]+)` \|$/gm)].map(([, text = '']) => text.replaceAll('\\|', '|'));
const clauses = new Set(['within', 'value', 'when', 'as']);

/** The expression of a statement in a file, as it is read. */
function inFile(text: string, width: number): string {
  const lines = crmExpression(text, clauses, width);
  const source = `campaign c {\n  goal paid when ${lines.join('\n    ')}\n  priority 5\n}\n`;
  const { file, diagnostics } = readCrm({ path: 'x.crm', text: source });
  expect(diagnostics, source).toEqual([]);
  const { campaigns } = (file?.value ?? {}) as {
    campaigns?: Record<string, { goal: { when: string }; priority: number }>;
  };
  const { goal, priority } = campaigns?.c ?? expect.unreachable(source);
  expect(priority, source).toBe(5);
  return goal.when;
}

/** Returns the meaning that was read, without its places. */
function meaning(text: string): string {
  const { syntax, problems } = parseExpression(text);
  expect(problems, text).toEqual([]);
  return JSON.stringify(syntax, (key, value: unknown) => (key === 'start' || key === 'end' ? undefined : value));
}

describe('expressions', () => {
  it('that are printed are tidy, and a file of the DSL holds them in lines of any length', () => {
    fc.assert(
      fc.property(conditions.order.condition(3), fc.integer({ min: 10, max: 200 }), (expression, width) => {
        const text = printExpression(expression);
        expect(tidyExpression(text)).toBe(text);
        expect(tidyExpression(inFile(text, width))).toBe(text);
      }),
      { seed, numRuns: 2_000 },
    );
  });

  it.each(examples)('%s means the same when it is tidy, and in a file of the DSL', (text) => {
    expect(meaning(tidyExpression(text))).toBe(meaning(text));
    expect(meaning(inFile(text, 30))).toBe(meaning(text));
    const loose = text.replaceAll(/ (?=[^"']*(?:["'][^"']*["'][^"']*)*$)/g, '\n   ');
    expect(tidyExpression(loose)).toBe(tidyExpression(text));
  });

  it.each([
    ['a>1 and(b==2)', 'a > 1 and (b == 2)'],
    ['((a or b))', 'a or b'],
    ['(a) or (b)', '(a) or (b)'],
    ['a - -5*3', 'a - -5 * 3'],
    ['x in("a","b")', 'x in ("a", "b")'],
    ['count( order_paid where total>5 ) >= 1', 'count(order_paid where total > 5) >= 1'],
    ['a == "two  blanks"', 'a == "two  blanks"'],
    ['a @ b', 'a @ b'],
  ])('%s is written %s', (text, tidy) => {
    expect(tidyExpression(text)).toBe(tidy);
  });
});
