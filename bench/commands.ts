import { cp, mkdtemp, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchLine } from './bench.ts';
import { median } from './measure.ts';
import { type Cost, runNode } from './process.ts';
import { repository } from './shop-project.ts';

const parts = ['crm.yaml', 'campaigns', 'templates', 'environments', 'sample'];
const changed = 'campaigns/abandoned-cart.crm.yaml';

/**
 * Commands as whole processes, built as they are published, with the sample shop: its first plan, the plan after one campaign was changed, a
 * simulation, the shipped tests, and `npm start` in a copy of the repository in which everything is installed.
 */
export async function commandsBench(days = 30, rounds = 3): Promise<BenchLine[]> {
  runNode([join(repository, 'scripts/build.mjs')], repository);
  const root = await mkdtemp(join(tmpdir(), 'kaskad-commands-'));
  try {
    for (const part of parts) await cp(join(repository, part), join(root, part), { recursive: true });
    const crm = (...words: string[]) =>
      runNode([join(repository, 'dist/cli/main.js'), ...words, '--project', root], root);
    const plan = join(root, 'plan.json');
    // The first run fills the compile cache.
    crm('validate');
    const lines = [
      line(
        'the first crm plan',
        times(rounds, () => crm('plan', '--out', plan)),
      ),
    ];
    crm('apply', plan);
    const text = await readFile(join(root, changed), 'utf8');
    await writeFile(join(root, changed), text.replace('- wait: 2 hours', '- wait: 3 hours'));
    lines.push(
      line(
        'crm plan after a change of one campaign',
        times(rounds, () => crm('plan', '--out', plan)),
      ),
    );
    const { changes } = JSON.parse(await readFile(plan, 'utf8')) as { changes: unknown[] };
    if (changes.length !== 1) throw new Error(`the plan has ${changes.length} changes, not one`);
    // The shipped tests are those of the shipped campaign.
    await writeFile(join(root, changed), text);
    lines.push(
      line(
        `crm simulate --days ${days}`,
        times(rounds, () => crm('simulate', '--days', String(days))),
      ),
    );
    lines.push(
      line(
        'crm test',
        times(rounds, () => crm('test')),
      ),
    );
    return lines;
  } finally {
    await rm(root, { recursive: true });
  }
}

/** Measures `npm start` in a copy of the repository, with what it installs and builds in place. */
export async function startBench(rounds = 1): Promise<BenchLine[]> {
  runNode([join(repository, 'scripts/build.mjs')], repository);
  const costs: Cost[] = [];
  for (let round = 0; round < rounds; round++) {
    const root = await mkdtemp(join(tmpdir(), 'kaskad-start-'));
    try {
      const own = [...parts, 'package.json', 'package-lock.json', 'scripts', 'index.ts', 'spec', 'engine', 'cli'];
      const options = { recursive: true, preserveTimestamps: true };
      for (const part of [...own, 'tsconfig.json', 'tsconfig.build.json', 'dist'])
        await cp(join(repository, part), join(root, part), options);
      await symlink(join(repository, 'node_modules'), join(root, 'node_modules'));
      // A lock file that is older than what is installed makes the script install nothing.
      await utimes(join(root, 'package-lock.json'), 0, 0);
      costs.push(runNode([join(root, 'scripts/start.mjs')], root));
    } finally {
      await rm(root, { recursive: true });
    }
  }
  return [line('npm start after installation', costs)];
}

function times(rounds: number, work: () => Cost): Cost[] {
  return Array.from({ length: rounds }, work);
}

function line(name: string, costs: Cost[]): BenchLine {
  const of = (part: keyof Cost) => median(costs.map((cost) => cost[part]));
  return {
    name: `${name}, sample shop`,
    ours: of('seconds'),
    unit: 's',
    note: `${of('cpu').toFixed(1)} s of the processor, peak memory ${of('peak').toFixed(0)} MB; the median of ${costs.length}`,
  };
}
