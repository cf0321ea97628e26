import { readProject } from '../cli/project.ts';
import { compile } from '../engine/compile/compile.ts';
import { applyProgram } from '../engine/deploy/apply.ts';
import { createPlan, readStoreState } from '../engine/plan/create-plan.ts';
import { DuckDb } from '../engine/store/duckdb.ts';
import type { SourceFile } from '../spec/diagnostics/diagnostic.ts';
import { loadProject } from '../spec/load.ts';
import type { Model } from '../spec/model/model.ts';
import type { BenchLine, Size } from './bench.ts';
import { seconds } from './measure.ts';
import { printProfile } from './profile.ts';
import { repository } from './shop-project.ts';

const at = Date.UTC(2026, 2, 1, 21);
const perFile = 10;

/** Plans a change of three among many campaigns, with the data of the sample shop. */
export async function planBench({ campaigns = 1000, profile }: Size): Promise<BenchLine[]> {
  const files = await readProject(repository);
  const others = files.filter(({ path }) => !path.startsWith('campaigns/'));
  const document = [...others, ...written(campaigns, '2 hours')];
  const after = load([...others, ...written(campaigns, '3 hours')]);
  const db = await DuckDb.open(':memory:');
  try {
    await applyProgram(db, { program: compile(load(document)), at, lineage: 'bench', document });
    const store = await readStoreState(db);
    const input = { desired: after, store, at, tz: process.versions.tz ?? '', root: repository };
    let changes = 0;
    const plan = async () => {
      changes = (await createPlan(input)).changes.length;
    };
    const name = `plan of ${campaigns.toLocaleString('en')} campaigns of which three changed, sample shop`;
    const earlier = process.cpuUsage();
    const ours = await seconds(() => (profile ? printProfile(name, plan) : plan()));
    const { user, system } = process.cpuUsage(earlier);
    if (changes !== 3) throw new Error(`the plan has ${changes} changes, not three`);
    return [{ name, ours, unit: 's', note: `${((user + system) / 1e6).toFixed(1)} s of the processor` }];
  } finally {
    await db.close();
  }
}

function load(files: SourceFile[]): Model {
  const { model, diagnostics } = loadProject(files);
  if (!model) throw new Error(`the project is not fine: ${diagnostics[0]?.message}`);
  return model;
}

const events = ['cart_updated', 'viewed', 'order_delivered', 'visited', 'wished'];

const template = {
  path: 'templates/many/text.email.hbs',
  text: '---\nsubject: For you\n---\n<a href="{{unsubscribe_url}}">x</a>',
};

/** Writes campaigns, the first three with a wait of their own. */
function written(count: number, wait: string): SourceFile[] {
  const numbers = Array.from({ length: count }, (_, i) => i);
  const of = (i: number) => `
  campaign-${i}:
    priority: ${i % 100}
    on: { event: ${events[i % events.length]} }
    audience: city != "${i}" and (count(order_paid in last ${30 + (i % 300)} days) >= ${1 + (i % 5)} or tier == "gold")
    exit: { event: order_paid }
    goal: { event: order_paid, within: ${1 + (i % 14)} days, value: event.total }
    reenter: after ${30 + (i % 60)} days
    steps:
      - wait: ${i < 3 ? wait : `${1 + (i % 48)} hours`}
      - split:
          id: offer
          arms:
            control: { share: 50% }
            rest: { share: 50%, steps: [send: { email: many/text }] }
`;
  const parts = [...Map.groupBy(numbers, (i) => Math.floor(i / perFile))].map(([file, mine]) => ({
    path: `campaigns/part-${file}.crm.yaml`,
    text: `campaigns:${mine.map(of).join('')}`,
  }));
  return [...parts, template];
}
