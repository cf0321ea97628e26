import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { compile } from '../engine/compile/compile.ts';
import { type SimulationInput, simulate } from '../engine/dry-run/simulate/simulate.ts';
import type { BenchLine, Size } from './bench.ts';
import { seconds } from './measure.ts';
import { printProfile } from './profile.ts';
import { loadModel, repository, sampleShop } from './shop-project.ts';

const day = 86_400_000;
const tz = process.versions.tz ?? '';

/** Simulates days of the sample shop in this process, without what a command adds. */
export async function simulateBench({ days = 7, profile }: Size): Promise<BenchLine[]> {
  const program = await sampleShop();
  const { simulation } = program.project;
  const from = simulation.from ?? Date.UTC(2026, 2, 1, 21);
  const input = { program, from, to: from + days * day, tz, ...simulation, root: repository };
  return [await simulated(`simulating ${days} days of the sample shop`, input, profile)];
}

const purchases = join(repository, '../shared/data/cdnow/CDNOW_master.txt');

/** Simulates the golden campaign on fifteen months of real purchases. */
export async function cdnowBench({ days = 456, profile }: Size): Promise<BenchLine[]> {
  if (!existsSync(purchases)) {
    console.log(`cdnow is left out: ${purchases} does not exist`);
    return [];
  }
  const root = await mkdtemp(join(tmpdir(), 'kaskad-cdnow-'));
  try {
    await cp(join(repository, 'test/golden/cdnow'), root, { recursive: true });
    await symlink(purchases, join(root, 'CDNOW_master.txt'));
    const from = Date.UTC(1997, 3, 1);
    const program = compile(await loadModel(root));
    const input = { program, from, to: from + days * day, tz, seed: 'cdnow', engagement: {}, root };
    return [await simulated(`CDNOW, ${days} days of 23,570 customers`, input, profile)];
  } finally {
    await rm(root, { recursive: true });
  }
}

/** Measures one simulation, as it would run in a process of its own. */
export async function simulated(name: string, input: SimulationInput, profile: boolean): Promise<BenchLine> {
  let found: Record<string, number> | undefined;
  const run = async () => {
    const db = await simulate(input);
    [found] = await db.query<Record<string, number>>(
      sql`SELECT (SELECT count(*) FROM message) AS messages, (SELECT count(*) FROM enrolment) AS enrolments`,
    );
    await db.close();
  };
  const before = process.cpuUsage();
  const ours = await seconds(() => (profile ? printProfile(name, run) : run()));
  const { user, system } = process.cpuUsage(before);
  const cpu = (user + system) / 1e6;
  const { messages = 0, enrolments = 0 } = found ?? {};
  const counts = `${enrolments.toLocaleString('en')} enrolments, ${messages.toLocaleString('en')} messages`;
  return { name, ours, unit: 's', note: `${cpu.toFixed(1)} s of the processor; ${counts}` };
}
