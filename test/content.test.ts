import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readProject } from '../cli/project.ts';
import { compile } from '../engine/compile/compile.ts';
import { simulate } from '../engine/dry-run/simulate/simulate.ts';
import { coverage } from '../engine/dry-run/tests/coverage.ts';
import { runTests } from '../engine/dry-run/tests/run-tests.ts';
import { summarise } from '../engine/report/summarise.ts';
import type { Summary } from '../engine/report/summary.ts';
import { loadProject } from '../spec/load.ts';
import { extent, withoutSize } from './extent.ts';

// The project that this repository is: its campaigns, their tests, its sample shop.

const root = join(import.meta.dirname, '..');
const files = await readProject(root);
const { model, diagnostics } = loadProject(files);
if (!model) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
const program = compile(model);
const hour = 3_600_000;

const usually = it.runIf(withoutSize);

usually('is checked without a word, and so are its environments', () => {
  expect(diagnostics).toEqual([]);
  expect(loadProject(files, 'production').diagnostics).toEqual([]);
});

describe.runIf(withoutSize)('its scenarios', () => {
  const scenarios = files.filter(({ path }) => /^campaigns\/(?!segments|tests)/.test(path)).map(({ path }) => path);

  it('are half in YAML and half in the DSL', () => {
    expect(scenarios.length).toBe(17);
    expect(scenarios.filter((path) => path.endsWith('.crm')).length).toBe(8);
  });

  it('are what their page lists', async () => {
    const page = await readFile(join(root, 'docs/scenarios.md'), 'utf8');
    const listed = [...page.matchAll(/\]\(\.\.\/(campaigns\/[^)/]+)\)/g)].map(([, path]) => path);
    expect(new Set(listed)).toEqual(new Set([...scenarios, 'campaigns/segments.crm.yaml']));
  });

  it('have their tests in a file of the same name', () => {
    const tests = files.flatMap(({ path }) =>
      path.startsWith('campaigns/tests/') ? [path.replace('tests/', '')] : [],
    );
    expect(tests.sort()).toEqual(scenarios.toSorted());
  });
});

usually(
  'passes its campaign tests, which reach every step and every arm',
  async () => {
    const results = await runTests(program, model.tests, { parallel: 2, tz: 'test' });
    expect(results.filter(({ passed }) => !passed).map(({ test }) => test.name)).toEqual([]);
    const missed = coverage(program, results).filter((one) => one.percent < 100);
    expect(missed).toEqual([]);
  },
  120_000,
);

// All 5,000 customers are simulated.
describe.runIf(extent === 'full')('thirty days of it', () => {
  let summary: Summary;

  beforeAll(async () => {
    const { from = 0, seed, engagement } = program.project.simulation;
    const window = { from, to: from + 30 * 24 * hour };
    const launches = ['local-offer'];
    const db = await simulate({ program, ...window, tz: 'test', seed, engagement, root, launches });
    summary = await summarise(db, window);
    await db.close();
  }, 600_000);

  it('sends by every channel at every step of every campaign', () => {
    const steps = program.campaigns.flatMap(({ name, steps }) =>
      steps.flatMap((step) => (step.kind === 'send' ? [`${name} ${step.id}`] : [])),
    );
    const sent = summary.rows.filter((row) => row.sent > 0).map((row) => `${row.campaign} ${row.step}`);
    expect([...new Set(sent)].sort()).toEqual([...new Set(steps)].sort());
  });

  it('takes customers into every arm', () => {
    const arms = program.campaigns.flatMap(({ name, steps }) =>
      steps.flatMap((step) => (step.kind === 'split' ? step.arms.map((arm) => `${name} ${arm.name}`) : [])),
    );
    expect(arms.length).toBeGreaterThan(20);
    const entered = summary.campaigns.map(({ campaign, arm }) => `${campaign} ${arm}`);
    expect(entered).toEqual(expect.arrayContaining(arms));
  });

  it('shows what every gate is for', () => {
    const reasons = new Set(summary.rows.flatMap((row) => Object.keys(row.reasons)));
    const caps = ['cap:daily', 'cap:email-daily', 'cap:weekly', 'cap:sms-weekly'];
    const gates = ['no-consent', 'no-address', 'suppressed', 'holdout:global', ...caps];
    expect([...reasons]).toEqual(expect.arrayContaining(gates));
  });

  it('loses nobody and nothing', () => {
    expect(summary.reconciliation.enrolments.balanced).toBe(true);
    expect(summary.reconciliation.messages.balanced).toBe(true);
  });
});
