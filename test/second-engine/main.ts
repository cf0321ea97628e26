import { parseArgs } from 'node:util';
import { startCluster } from '../cluster.ts';
import { type Rule, rules } from '../rounds/moves.ts';
import { reused } from '../rounds/play.ts';
import { compareWorlds, type comparisons } from '../rounds/run.ts';
import { together as shops } from '../rounds/world.ts';
import { openPostgresStore } from '../stores.ts';
import { play, together } from './worlds.ts';

/**
 * `npm run worlds [-- --seeds N] [--seed S] [--worlds N] [--only I]`: plays random worlds on the production engine and on the
 * second one; with `--rounds`, `--moves`, `--jumps`, `--forecasts` or `--changes`, compares simulated worlds (see test/rounds/run.ts), the first three also on
 * PostgreSQL (`--postgres`). `--in-flight`: all worlds with that rule for customers inside, or with `each`, instead of one rule after the other; `rollout`: the change is rolled out. Prints a line for each seed and the entries that differ; exit code 1 where there are any. `I`: the
 * number of the store or simulation.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    worlds: { type: 'string' },
    only: { type: 'string' },
    rounds: { type: 'boolean' },
    jumps: { type: 'boolean' },
    forecasts: { type: 'boolean' },
    changes: { type: 'boolean' },
    moves: { type: 'boolean' },
    'in-flight': { type: 'string' },
    postgres: { type: 'boolean' },
  },
});
const names = ['rounds', 'jumps', 'forecasts', 'changes', 'moves'] satisfies (keyof typeof comparisons)[];
const name = names.find((one) => values[one]);
const size = name ? shops : together;
const cluster = values.postgres ? await startCluster() : undefined;
const store = cluster && (await openPostgresStore(cluster.url));
const open = store && reused(store);
const opens = open && [open];
const first = Number(values.only ?? 0);
const count = values.only === undefined ? Math.ceil(Number(values.worlds ?? (name ? 200 : 500)) / size) : 1;
for (let seed = Number(values.seed), end = seed + Number(values.seeds); seed < end; seed++)
  for (const rule of rulesOf(values['in-flight'])) await compareSeed(seed, rule);
await store?.close();
await cluster?.stop();

/** Returns the rules for customers inside, each of which all worlds get; null: they get one after the other. */
function rulesOf(word: string | undefined): (Rule | null)[] {
  if (word === undefined) return [null];
  const found = rules.filter((rule) => word === 'each' || word === (rule ?? 'finish'));
  if (found.length === 0) throw new Error(`--in-flight ${word}: there is no such rule`);
  return found;
}

async function compareSeed(seed: number, rule: Rule | null): Promise<void> {
  let differing = 0;
  let entries = 0;
  let moved = 0;
  const steps = { inRounds: 0, instants: 0, rounds: 0 };
  const began = process.cpuUsage();
  for await (const one of name
    ? compareWorlds(name, seed, count, { first, rule, ...(opens && { opens }) })
    : play(seed, count, first)) {
    entries += one.entries;
    if ('moved' in one) moved += one.moved ?? 0;
    if ('steps' in one && one.steps && one.inRounds) {
      steps.inRounds++;
      steps.instants += one.steps[0];
      steps.rounds += one.steps[1];
    }
    if (values.only !== undefined) console.log(JSON.stringify(one.world, null, 2));
    if (one.differences.length === 0) continue;
    differing++;
    const shown = values.only === undefined ? one.differences.slice(0, 10) : one.differences;
    console.log([`seed ${seed}, number ${one.number}, ${one.differences.length} differences:`, ...shown].join('\n  '));
  }
  const { user, system } = process.cpuUsage(began);
  const seconds = ((user + system) / 1e6).toFixed(0);
  const { inRounds, instants, rounds } = steps;
  const walked =
    name === 'rounds'
      ? `, ${inRounds} of ${count} simulations in rounds: ${instants} instants in ${rounds} rounds`
      : '';
  const inside = name === 'changes' ? `, ${moved} customers inside` : '';
  const by = rule === null ? '' : `, ${rule ?? 'finish'}`;
  console.log(
    `seed ${seed}${by}: ${count * size} worlds, ${entries} entries${walked}${inside}, ${differing} differ (${seconds} s of CPU)`,
  );
  if (differing > 0) process.exitCode = 1;
}
