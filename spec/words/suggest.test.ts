import { describe, expect, it } from 'vitest';
import { suggest } from './suggest.ts';

describe('suggest', () => {
  it.each([
    ['titel', 'title'],
    ['wiat', 'wait'],
    ['emial', 'email'],
    ['Order-Paid', 'order_paid'],
    ['sleping', 'sleeping'],
  ])('%s → %s', (wrong, right) => {
    expect(suggest(wrong, ['title', 'wait', 'email', 'order_paid', 'sleeping'])).toBe(right);
  });

  it('suggests nothing when nothing is close', () => {
    expect(suggest('loyal', ['title', 'wait', 'email'])).toBeUndefined();
    expect(suggest('x', [])).toBeUndefined();
  });

  it('never suggests the name itself', () => {
    expect(suggest('email', ['email'])).toBeUndefined();
  });
});
