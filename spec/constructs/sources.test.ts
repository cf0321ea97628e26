import { expect, it } from 'vitest';
import { loadProject } from '../load.ts';

const load = (consent: string) => {
  const text = `project: { name: shop, timezone: UTC, locale: en, currency: EUR }
data:
  customers: { from: c.csv, attributes: { email: email } }
  consent: ${consent}
`;
  const { model, diagnostics } = loadProject([{ path: 'crm.yaml', text }]);
  return { sources: model?.data.consent, said: diagnostics.map(({ message, help }) => [message, help]) };
};

const plain = { path: 'a.csv', rename: {} };

it.each([
  ['a.csv', [plain]],
  ['{ path: a.csv, rename: { x: customer } }', [{ path: 'a.csv', rename: { x: 'customer' } }]],
  ['[a.csv, { path: b.csv }]', [plain, { path: 'b.csv', rename: {} }]],
  ['{ from: a.csv }', [plain]],
  ['{ from: { path: a.csv } }', [plain]],
  ['{ from: [{ path: a.csv }] }', [plain]],
])('consent: %s names its files', (written, sources) => {
  expect(load(written)).toEqual({ sources, said: [] });
});

it.each([
  ['{ pth: a.csv }', 'Unknown key `pth` in a source', 'Did you mean `path`?'],
  ['{ path: a.csv, from: b.csv }', 'A source does one thing, but here are `path` and `from`', 'Keep one of the two.'],
])('consent: %s is refused', (written, ...said) => {
  expect(load(written)).toEqual({ sources: undefined, said: [said] });
});
