import { expect, it } from 'vitest';
import { loadProject } from '../load.ts';

const load = (rollout: string) => {
  const text = `
project: { name: shop, timezone: UTC, locale: en, currency: EUR }
data: { events: { registered: {} } }
campaigns:
  hello:
    on: { event: registered }
    ${rollout}
    steps: [{ exit: done }]
`;
  return loadProject([{ path: 'crm.yaml', text }]);
};

it('a rollout that is no list is answered by one to copy', () => {
  const [{ code, help = '' } = { code: '' }, ...more] = load('rollout: 10%').diagnostics;
  expect([code, more]).toEqual(['CRM1012', []]);
  const [, example = ''] = /`(rollout: .*?)`/.exec(help) ?? [];
  const { model, diagnostics } = load(example);
  expect(diagnostics).toEqual([]);
  expect(model?.campaigns[0]?.rollout).toHaveLength(2);
});
