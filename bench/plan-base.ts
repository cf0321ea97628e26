import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readBase } from '../cli/base.ts';
import { load } from '../cli/load.ts';
import { renderPlan } from '../cli/views/plan.ts';
import { planPage } from '../cli/views/plan-html.ts';
import { planJson } from '../cli/views/plan-json.ts';
import { renderMarkdown } from '../cli/views/plan-markdown.ts';
import { compile } from '../engine/compile/compile.ts';
import { keepIds } from '../engine/deploy/keep-ids.ts';
import { documented } from '../engine/document/document.ts';
import { nothingByHand } from '../engine/plan/by-hand.ts';
import type { Effects, SendForecast } from '../engine/plan/effects.ts';
import { makePlan } from '../engine/plan/plan.ts';
import { noDetails } from '../engine/plan/world.fixture.ts';
import type { SourceFile } from '../spec/diagnostics/diagnostic.ts';
import { testIo } from '../test/io.ts';
import type { BenchLine, Size } from './bench.ts';
import { manyCampaigns } from './many-campaigns.ts';
import { seconds } from './measure.ts';
import { runNode } from './process.ts';
import { repository } from './shop-project.ts';

const at = Date.UTC(2026, 2, 1, 21);
const day = 86_400_000;
const shop = ['crm.yaml', 'campaigns', 'templates', 'environments', 'sample'];

/**
 * `crm plan --base HEAD` after a change of three campaigns: the whole command on the sample shop, and on many generated campaigns all that it does
 * besides the simulation.
 */
export async function planBaseBench({ campaigns = 1000 }: Size): Promise<BenchLine[]> {
  return [await wholeCommand(), ...(await withoutSimulation(campaigns))];
}

/** The sample shop of which a wait is changed, as a whole process, built as it is published. */
async function wholeCommand(): Promise<BenchLine> {
  runNode([join(repository, 'scripts/build.mjs')], repository);
  return inRepository(
    async (root) => {
      for (const part of shop) await cp(join(repository, part), join(root, part), { recursive: true });
    },
    async (root) => {
      await edit(join(root, 'campaigns/abandoned-cart.crm.yaml'), 'wait: 2 hours', 'wait: 3 hours');
      const {
        seconds: ours,
        cpu,
        peak,
      } = runNode([join(repository, 'dist/cli/main.js'), 'plan', '--base', 'HEAD', '--project', root], root);
      const note = `${cpu.toFixed(1)} s of the processor, peak memory ${peak.toFixed(0)} MB`;
      return { name: 'crm plan --base HEAD, sample shop', ours, unit: 's', note };
    },
  );
}

async function withoutSimulation(campaigns: number): Promise<BenchLine[]> {
  const { resources, templates } = manyCampaigns(campaigns).yaml;
  const files: SourceFile[] = [...resources, ...templates];
  return inRepository(
    async (root) => {
      for (const { path, text } of files) {
        await mkdir(dirname(join(root, path)), { recursive: true });
        await writeFile(join(root, path), text);
      }
    },
    async (root) => {
      await edit(join(root, 'campaigns/part-0.crm.yaml'), /wait: (\d) hours/g, 'wait: 1$1 hours');
      const io = testIo(root);
      const parts: string[] = [];
      const timed = async <T>(name: string, work: () => T | Promise<T>): Promise<T> => {
        let result: T | undefined;
        const spent = await seconds(async () => {
          result = await work();
        });
        parts.push(`${name} ${spent.toFixed(2)} s`);
        return result as T;
      };
      let changes = 0;
      const earlier = process.cpuUsage();
      const ours = await seconds(async () => {
        const project = await timed('reading the folder', () => load(io, {}));
        const base = await timed('reading the commit', () => readBase(io, project, 'HEAD'));
        if (!base.model) throw new Error('the commit has no project');
        const { model } = base;
        const [applied, after] = await timed('compiling', () => [compile(model), compile(project.model)] as const);
        const desired = keepIds(after, applied);
        const made = await timed('comparing', () =>
          makePlan(
            documented(project.model, desired, 'yaml', after),
            { program: applied, document: documented(model, applied, 'yaml', applied) },
            forecastOf(desired.campaigns.map(({ name }) => name)),
            { at, tz: 'bench', origins: project.origins },
          ),
        );
        changes = made.changes.length;
        await timed('the terminal', () => renderPlan(made, project, { color: false, width: 120 }));
        await timed('Markdown', () => renderMarkdown(made, project));
        await timed('HTML', () => planPage(made, project.model));
        await timed('JSON', () => JSON.stringify(planJson(made)));
      });
      const { user, system } = process.cpuUsage(earlier);
      if (changes === 0) throw new Error('nothing has changed');
      const name = `crm plan --base HEAD of ${campaigns.toLocaleString('en')} campaigns of which ${changes} changed, without the simulation`;
      return [
        {
          name,
          ours,
          unit: 's',
          note: `${((user + system) / 1e6).toFixed(1)} s of the processor: ${parts.join(', ')}`,
        },
      ];
    },
  );
}

/** A forecast of messages of each campaign, as the views of a large plan have to show. */
function forecastOf(names: string[]): Effects {
  const both = (n: number) => ({ before: n, after: n });
  const sends = names.flatMap((campaign): SendForecast[] =>
    ['email', 'push', 'sms'].map((channel) => ({
      ...{ campaign, channel, day: both(10), dayCost: both(1), week: both(70), weekCost: both(7) },
    })),
  );
  const days = sends.map(({ campaign, channel }) => {
    const side = Array<number>(7).fill(10);
    return { campaign, channel, before: side, after: side };
  });
  const [from, to] = [at, at + 7 * day];
  return {
    forecast: {
      ...{ basis: 'sources', from, day: from + day, to, sends, losses: [], audiences: [] },
      entries: names.map((campaign) => ({ campaign, ...both(100) })),
      details: { ...noDetails, days },
    },
    ...{ inFlight: [], returning: [], drift: nothingByHand, rollouts: [] },
  };
}

async function edit(path: string, from: string | RegExp, to: string): Promise<void> {
  const text = await readFile(path, 'utf8');
  const changed = text.replaceAll(from, to);
  if (changed === text) throw new Error(`${path} has no ${from}`);
  await writeFile(path, changed);
}

/** Calls `use` in a repository of git of which the one commit has what `fill` writes. */
async function inRepository<T>(fill: (root: string) => Promise<void>, use: (root: string) => Promise<T>): Promise<T> {
  const root = await mkdtemp(join(tmpdir(), 'kaskad-plan-base-'));
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com', ...words], { cwd: root });
  try {
    git('init', '--quiet');
    await fill(root);
    git('add', '--all');
    git('commit', '--quiet', '--message', 'Before');
    return await use(root);
  } finally {
    await rm(root, { recursive: true });
  }
}
