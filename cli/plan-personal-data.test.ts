import { cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { writePlan } from '../engine/plan/check-plan.ts';
import type { Plan } from '../engine/plan/plan.ts';
import type { Recipient } from '../engine/plan/recipients.ts';
import { testIo } from '../test/io.ts';
import { readBase } from './base.ts';
import { planProject } from './create-plan.ts';
import { recipientsFile } from './customers-file.ts';
import { type Loaded, load } from './load.ts';
import { githubAnnotations } from './views/github.ts';
import { gitlabReport } from './views/gitlab.ts';
import { renderPlan } from './views/plan.ts';
import { planAnnotations } from './views/plan-annotations.ts';
import { planPage } from './views/plan-html.ts';
import { planJson } from './views/plan-json.ts';
import { renderMarkdown } from './views/plan-markdown.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const shop = join(import.meta.dirname, '..');
let before: string;
let project: Loaded;
let plan: Plan;
const recipients: Recipient[] = [];

/** The sample shop against a version of it with another segment, journey and text, so that the plan has all there is to say. */
beforeAll(async () => {
  before = await mkdtemp(join(tmpdir(), 'kaskad-personal-'));
  for (const each of ['crm.yaml', 'campaigns', 'templates'])
    await cp(join(shop, each), join(before, each), { recursive: true });
  await edit('campaigns/segments.crm.yaml', '45 days ago', '40 days ago');
  await edit('campaigns/abandoned-cart.crm.yaml', 'wait: 2 hours', 'wait: 3 hours');
  await edit('templates/welcome/hello.email.ru.hbs', '{{', 'Дорогой покупатель! {{');
  const io = testIo(shop);
  project = await load(io, {});
  const against = await readBase(io, project, before);
  plan = await planProject(io, project, undefined, {
    who: 'crm plan',
    against,
    onRecipients: (page) => recipients.push(...page),
  });
});
afterAll(() => rm(before, { recursive: true }));

async function edit(path: string, from: string, to: string): Promise<void> {
  const text = await readFile(join(before, path), 'utf8');
  if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
  await writeFile(join(before, path), text.replace(from, to));
}

/** Every value of every personal attribute of the shop's customers, and their ids. */
async function personal(): Promise<Set<string>> {
  const rows: Record<string, string>[] = parse(await readFile(join(shop, 'sample/customers.csv'), 'utf8'), {
    columns: true,
  });
  const names = project.model.data.customers.attributes.filter(({ pii }) => pii).map(({ name }) => name);
  expect(names).toEqual(['name', 'email', 'phone', 'push_token', 'birthday']);
  return new Set(rows.flatMap((row) => ['id', ...names].flatMap((name) => row[name] || [])));
}

const annotations = () => planAnnotations(plan, project.model.project, () => undefined);

it.each<[string, () => string | Promise<string>]>([
  ['the plan file', () => writePlan(plan)],
  ['the terminal', () => renderPlan(plan, project, { color: false, width: 120 })],
  ['--json', () => JSON.stringify(planJson(plan))],
  ['--format markdown', () => renderMarkdown(plan, project)],
  ['--format github', () => githubAnnotations(annotations(), (path) => path)],
  ['--format gitlab', () => gitlabReport(annotations(), (path) => path, 'crm.yaml')],
  ['--format html', () => planPage(plan, project.model)],
])('names no customer, address, phone or birthday in %s', async (_, rendered) => {
  const text = await rendered();
  expect(text).toContain('abandoned-cart');
  const values = await personal();
  // A hash has each id such as c03159 in it by chance once in a while.
  const words = text.replaceAll(/\b[0-9a-f]{64}\b/g, '');
  const found = new Set([...values].filter((value) => words.includes(value)));
  expect([...found]).toEqual([]);
});

it('leaves that to the file of --customers, which has every message that the forecast counts', async () => {
  const week = plan.effects.forecast.sends.reduce((sum, one) => sum + (one.week.after ?? 0), 0);
  expect(recipients).toHaveLength(week);
  const values = await personal();
  expect(recipients.every(({ customer }) => values.has(customer))).toBe(true);
  const folder = join(before, 'private');
  const file = recipientsFile();
  file.add(recipients);
  file.add([{ at: 0, customer: '=cmd()', campaign: 'a', step: 'b', channel: 'c', template: 'd,"e"' }]);
  await file.write(testIo(before), 'private/who.csv');
  expect((await stat(join(folder, 'who.csv'))).mode & 0o777).toBe(0o600);
  const lines = (await readFile(join(folder, 'who.csv'), 'utf8')).split('\r\n');
  expect(lines[0]).toBe('\ufeffat,customer,campaign,step,channel,template');
  expect(lines.at(-2)).toBe(`1970-01-01T00:00:00.000Z,'=cmd(),a,b,c,"d,""e"""`);
  expect(lines).toHaveLength(week + 3);
});
