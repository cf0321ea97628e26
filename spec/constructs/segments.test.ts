import { expect, it } from 'vitest';
import { loadProject } from '../load.ts';

const project = `project: { name: shop, timezone: UTC, locale: en, currency: EUR }
data: { customers: { attributes: { city: string } } }
segments:
`;
const doubling = (count: number) =>
  Array.from({ length: count }, (_, i) =>
    i === 0
      ? '  s0: { where: city == "Paris" }\n'
      : `  s${i}: { where: in segment s${i - 1} or in segment s${i - 1} }\n`,
  ).join('');
const load = (segments: string) => loadProject([{ path: 'crm.yaml', text: project + segments }], undefined);

it('refuses conditions that grow without bound when they are written out, once and quickly', () => {
  const began = Date.now();
  const { model, diagnostics } = load(doubling(30));
  expect(model).toBeUndefined();
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  expect(errors).toMatchObject([{ code: 'CRM1004', range: { file: 'crm.yaml' } }, { code: 'CRM1004' }]);
  expect(errors[0]?.message).toBe(
    'With the segments that it names written out, the condition has more than 10,000 parts',
  );
  expect(Date.now() - began).toBeLessThan(5_000);
});

it('takes ten of them, and a long chain', () => {
  expect(load(doubling(10)).model).toBeDefined();
  const chain = Array.from({ length: 300 }, (_, i) =>
    i === 0 ? '  s0: { where: city == "Paris" }\n' : `  s${i}: { where: in segment s${i - 1} }\n`,
  ).join('');
  expect(load(chain).model).toBeDefined();
});

it('lets a file transport write into the project, or to an absolute path', () => {
  const codes = (directory: string) =>
    loadProject(
      [
        {
          path: 'crm.yaml',
          text: `${project.replace('segments:\n', '')}channels: { push: { transport: file, directory: ${directory} } }\n`,
        },
      ],
      undefined,
    ).diagnostics.filter(({ code }) => code === 'CRM1030').length;
  expect(['out', './out/../x', '/var/spool/shop'].map(codes)).toEqual([0, 0, 0]);
  expect(['../out', 'out/../../x', '..'].map(codes)).toEqual([1, 1, 1]);
});
