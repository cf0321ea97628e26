import stringWidth from 'string-width';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../../engine/compile/compile.ts';
import type { SimulatedSample } from '../../engine/dry-run/sample/simulated.ts';
import { coverage, total } from '../../engine/dry-run/tests/coverage.ts';
import { runTests } from '../../engine/dry-run/tests/run-tests.ts';
import { checkPlan } from '../../engine/plan/check-plan.ts';
import type { PlannedRollout } from '../../engine/plan/rollouts.ts';
import type { CompiledCampaign } from '../../engine/program/program.ts';
import { type Showcase, showcases } from '../../engine/report/showcase.ts';
import { summarise } from '../../engine/report/summarise.ts';
import type { Summary } from '../../engine/report/summary.ts';
import { end, runWeek, start } from '../../engine/report/week.fixture.ts';
import type { DuckDb } from '../../engine/store/duckdb.ts';
import { openSmallStore } from '../../engine/store/open-small.ts';
import { loadProject } from '../../spec/load.ts';
import type { Origins } from '../../spec/model/model.ts';
import { useLanguage } from '../../spec/words/language.ts';
import { later } from '../../spec/words/t.ts';
import { untranslated } from '../../test/untranslated.ts';
import { readProject } from '../project.ts';
import { catalogue } from '../russian/index.ts';
import { screens as project } from '../screens.fixture.ts';
import { renderLaunch } from './launch.ts';
import { changesEverywhere, deployed, ofSample, planned } from './plan.fixture.ts';
import { renderPlan } from './plan.ts';
import { renderSimulation } from './simulation.ts';
import { renderTests, type TestReport } from './test-report.ts';
import { renderFailure } from './test-timeline.ts';
import { tickText } from './tick.ts';

const golden = (name: string) => `golden/${name}`;
const at = Date.UTC(2026, 2, 2, 12);

let db: DuckDb;
let summary: Summary;
let examples: Showcase[];
beforeAll(async () => {
  db = await openSmallStore();
  await runWeek(db);
  summary = await summarise(db, { from: start, to: end });
  examples = await showcases(db, { from: start, to: end });
});
afterEach(() => useLanguage('en'));
afterAll(() => db.close());

let campaign: CompiledCampaign;
let tests: { report: TestReport; origins: Origins };
beforeAll(async () => {
  const shop = await project();
  const { model, origins } = loadProject(await readProject(shop.root));
  await shop.remove();
  if (!model) return expect.unreachable();
  const program = compile(model);
  const [first] = program.campaigns;
  if (!first) return expect.unreachable();
  campaign = first;
  const results = await runTests(program, model.tests, { tz: 'test', parallel: 1 });
  const reached = coverage(program, results);
  tests = { report: { results, coverage: reached, total: total(reached), duration: 1_234 }, origins };
});

const about = (estimate: number) => ({ estimate, low: Math.round(estimate * 0.9), high: Math.round(estimate * 1.1) });
const sample: SimulatedSample = {
  ...{ customers: 10_012, of: 1_000_000, asked: 10_000, confidence: 0.9, unseen: 268 },
  ranked: ['campaign.cart', 'segment.best'],
  totals: { entered: about(12_000), sent: about(9_000), cost: { estimate: 900, low: 890.25, high: 910.5 } },
  entries: [
    { campaign: 'cart', entered: about(10_000) },
    { campaign: 'welcome', entered: about(2_000) },
  ],
  sends: [
    { campaign: 'cart', channel: 'email', sent: about(9_000), cost: about(900) },
    { campaign: 'cart', channel: 'push', sent: about(3_000), cost: { estimate: 0, low: 0, high: 0 } },
  ],
};

const testView = { color: false, zone: 'Europe/Moscow', verbose: true, coverage: true };

const rollouts: PlannedRollout[] = [
  {
    campaign: 'welcome',
    begins: 'apply',
    stages: [
      { share: 1000, from: Date.UTC(2026, 2, 1), lasts: 2 * 86_400_000 },
      { share: 10_000, from: Date.UTC(2026, 2, 3) },
    ],
  },
];

const screens: Record<string, (width: number) => string> = {
  plan: (width) => renderPlan(changesEverywhere(), planned(), { color: false, width }),
  'plan-of-sample': (width) => renderPlan(ofSample(changesEverywhere()), planned(), { color: false, width }),
  'simulation-of-sample': (width) =>
    renderSimulation(summary, examples, { color: false, width }, { drawn: sample, rollouts }),
  simulation: (width) => renderSimulation(summary, examples, { color: false, width }),
  test: (width) => renderTests(tests.report, { ...testView, width, origins: tests.origins }),
  launch: (width) =>
    renderLaunch(
      {
        campaign,
        audience: {
          ...{ customers: 1_250, entering: 1_204 },
          channels: [{ channel: 'email', reachable: 1_021 }, { channel: 'managers' }],
        },
        ...{ pending: [at], zone: 'Europe/Moscow', tick: 60_000, at: at + 3_600_000, soon: false },
        paused: { kind: 'campaign', name: campaign.name, since: at },
      },
      width,
    ),
  tick: (width) =>
    tickText(
      {
        ...{ at, ticked: true },
        read: [
          { path: 'customers.csv', rows: 12_480, lost: 0, problems: 0 },
          { path: 'orders.csv', rows: 21, lost: 1, problems: 2 },
        ],
        beginning: ['abandoned-cart', 'birthday', 'review', 'welcome', 'we-miss-you', 'win-back'].map((campaign) => ({
          campaign,
          since: at + 1,
        })),
        removed: { customers: 1, journeys: 2, unread: [{ path: 'customers.csv', rows: 3 }] },
        refused: { suppressed: 3, expired: 1 },
        dispatched: {
          ...{ channels: {}, stalled: ['sms'], waiting: [] },
          total: { sent: 1_204, failed: 5, bounced: 2, unknown: 1, suppressed: 0, expired: 0, retried: 7, held: 12 },
          lapsed: { again: 4, unknown: 1 },
          leased: { messages: 8, until: at + 290_500 },
        },
      },
      { timezone: 'Europe/Moscow', tick: 60_000 },
      width,
    ),
};

describe.each(Object.entries(screens))('the screen of a %s', (name, render) => {
  it.each([
    ['en', 80],
    ['en', 120],
    ['ru', 80],
    ['ru', 120],
  ] as const)('in %s fits in %d columns, at whole words', async (language, width) => {
    useLanguage(language, language === 'ru' ? catalogue : undefined);
    const text = render(width);
    await expect(text).toMatchFileSnapshot(golden(`${name}.${language}.${width}.txt`));
    expect(text.split('\n').filter((line) => stringWidth(line) > width)).toEqual([]);
    const words = (all: string) => new Set(all.replaceAll('↳', '').split(/\s+/));
    const whole = words(render(1_000));
    expect([...words(text)].filter((word) => !whole.has(word))).toEqual([]);
  });

  it('has no English left in Russian', () => {
    useLanguage('ru', catalogue);
    const prose = render(1_000)
      .split('\n')
      // Fields of changes are in the words of the project's files.
      .filter((line) => !line.startsWith('      '));
    expect(prose.flatMap(untranslated)).toEqual([]);
  });
});

it('a plan that is blocked is refused in the language of the reader', () => {
  const made = changesEverywhere();
  expect(checkPlan(made, deployed(), 'UTC', made.createdAt)?.message).toBe(
    'event.order_paid: "total" would turn from money into string, but the store keeps the values that it has.',
  );
  useLanguage('ru', catalogue);
  expect(checkPlan(made, deployed(), 'UTC', made.createdAt)).toMatchObject({
    reason: 'blocked',
    message: 'event.order_paid: Тип «total» изменился бы с money на string, но в хранилище останутся прежние значения.',
    help: 'Оставьте прежний тип или объявите новое поле типа string под другим именем.',
  });
});

it('reports in the language of the reader why a test cannot be executed', () => {
  const [failed] = tests.report.results;
  if (!failed) return expect.unreachable();
  const told = () => {
    const result = { ...failed, problems: [later`Split "${'offer'}" has no arm "${'all'}".`] };
    return renderFailure(result, { ...testView, width: 80, source: undefined })[2];
  };
  expect(told()).toBe('  Split "offer" has no arm "all".');
  useLanguage('ru', catalogue);
  expect(told()).toBe('  В разделении «offer» нет ветки «all».');
});
