import { expect, it } from 'vitest';
import { fieldLines } from './plan-fields.ts';

it.each([
  [{ path: 'body', before: '<p>', after: '<p>  ', line: 2 }, 'body  line 2: "<p>" → line 2: "<p>  "'],
  [{ path: 'body', after: '', line: 3 }, 'body  line 3: (none) → line 3: ""'],
  [{ path: 'title', before: 'a', after: 'b' }, 'title  a → b'],
  [{ path: 'title', after: 'b' }, 'title  (none) → b'],
])('shows spaces in quotes where nothing else differs: %j', (field, shown) => {
  expect(fieldLines([field], { color: false, width: 100 })).toEqual([shown]);
});

it('shows what a new resource has as it is', () => {
  expect(fieldLines([{ path: 'title', after: 'b' }], { color: false, width: 100 }, true)).toEqual(['title  b']);
});
