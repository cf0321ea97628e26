import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testIo } from '../test/io.ts';
import { crm } from './crm.ts';

const project = (from: string) => `
project: { name: shop, timezone: UTC, locale: en, currency: EUR, simulation: { from: ${from} } }
data:
  customers: { from: customers.csv, attributes: { city: string } }
`;
const past = 'The forecast is of the days from `simulation.from` on, not of the coming ones: nothing has run yet.';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-first-plan-'));
  await writeFile(join(root, 'customers.csv'), 'id,city\nc1,Tver\n');
});
afterEach(() => rm(root, { recursive: true }));

async function run(...words: string[]) {
  const io = testIo(root, { now: () => Date.parse('2026-11-22T12:00:00Z') });
  expect({ words, code: await crm(words, io), err: io.said.err }).toMatchObject({ code: 0 });
  return io.said.out.split('\n');
}

it('a first plan reports at once that its forecast does not begin now', async () => {
  await writeFile(join(root, 'crm.yaml'), project('2026-03-02T00:00:00Z'));
  const [title, second] = await run('plan');
  expect(title).toContain('nothing is applied yet');
  expect(second).toBe(past);
  await run('apply', '--auto-approve');
  expect((await run('plan'))[1]).toBe(past);
  await run('tick');
  expect((await run('plan')).join('\n')).not.toContain('simulation.from');
});

it('a first plan that begins now has no such line', async () => {
  await writeFile(join(root, 'crm.yaml'), project('2026-11-22T12:00:00Z'));
  expect((await run('plan')).join('\n')).not.toContain('simulation.from');
});
