import { describe, expect, it } from 'vitest';
import { evaluate, filled, holds } from './expressions.ts';

/** As in a file: between braces. */
const braced = (inner: string) => `$\{{${inner}}}`;
const contexts = { inputs: { a: 'x', 'b-c': 'true', none: '' }, github: { event: { pull: { merged: true } } } };

describe('an expression', () => {
  it.each([
    ["inputs.a == 'X'", true],
    ["inputs.a != 'x' || inputs.b-c == 'true'", true],
    ["!(inputs.a == 'x') && true", false],
    ["github.event.pull.merged && 'merged' || 'closed'", 'merged'],
    ["inputs.none && 'a' || 'b'", 'b'],
    ['github.event.nothing.there', undefined],
    ["'it''s'", "it's"],
  ])('%s is %j', (text, value) => expect(evaluate(text, contexts)).toBe(value));

  it.each(['inputs.a ==', 'inputs.a inputs.a', '(true', 'secrets.x', 'hashFiles()'])('%s is not understood', (text) =>
    expect(() => evaluate(text, contexts)).toThrow(),
  );

  it('is filled into a text', () =>
    expect(filled(`<${braced(' inputs.a ')}-${braced('inputs.b-c')}>`, contexts)).toBe('<x-true>'));

  it('holds after a failure only where it says so', () => {
    expect(holds(undefined, contexts)).toBe(true);
    expect(holds(undefined, contexts, true)).toBe(false);
    expect(holds("inputs.a == 'x'", contexts, true)).toBe(false);
    expect(holds("always() && inputs.a == 'x'", contexts, true)).toBe(true);
    expect(holds(braced(' failure() '), contexts)).toBe(false);
  });
});
