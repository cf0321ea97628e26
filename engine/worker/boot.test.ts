import { expect, it } from 'vitest';
import { sameBoot, thisBoot } from './boot.ts';

const at = Date.UTC(2026, 2, 2);

it('a start is the same by its id, whatever the clock says', () => {
  const now = thisBoot();
  expect(sameBoot(now, thisBoot())).toBe(true);
  expect(sameBoot({ id: 'a', at }, { id: 'a', at: at + 3_600_000 })).toBe(true);
  expect(sameBoot({ id: 'a', at }, { id: 'b', at })).toBe(false);
});

it('where an id is not known the estimated instants decide', () => {
  expect(sameBoot({ id: null, at }, { id: 'b', at: at + 59_000 })).toBe(true);
  expect(sameBoot({ id: null, at }, { id: null, at: at + 61_000 })).toBe(false);
});
