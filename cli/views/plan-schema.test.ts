import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import type { Plan } from '../../engine/plan/plan.ts';
import { changesEverywhere, ofSample, plan } from './plan.fixture.ts';
import { planJson } from './plan-json.ts';

const path = join(import.meta.dirname, '../../schemas/plan.schema.json');
const validate = new Ajv2020({ strict: false, allErrors: true }).compile(JSON.parse(await readFile(path, 'utf8')));

function errors(value: unknown) {
  validate(JSON.parse(JSON.stringify(value)));
  return validate.errors ?? [];
}

function withPermission(): Plan {
  const level = 'guarded' as const;
  const notice = { level, address: 'policies.guards.max_budget', message: 'x', help: 'y', allow: 'max_budget' };
  return {
    ...changesEverywhere(),
    notices: [notice],
    approvals: { required: 1, approvers: ['ann@example.com'] },
    expected: { cart: 10 },
    part: { targets: ['campaign.cart'], with: [], without: ['campaign.other'] },
  };
}

it.each([
  ['a first plan', plan({}, undefined)],
  ['a plan with changes of all kinds', changesEverywhere()],
  ['a plan of a sample', ofSample(changesEverywhere())],
  ['a plan of a part, beyond a guard, that needs approvals', withPermission()],
])('the JSON of %s follows its schema', (_, made) => {
  expect(errors(planJson(made))).toEqual([]);
});

it('the schema has the format that is printed, and refuses another shape', () => {
  const json = planJson(changesEverywhere());
  expect(errors({ ...json, format: 1 })).toMatchObject([{ instancePath: '/format' }]);
  expect(errors({ ...json, changes: [{ address: 'campaign.a' }] }).length).toBeGreaterThan(0);
});
