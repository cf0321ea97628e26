import { parseArgs } from 'node:util';
import { compareWorlds, type comparisons } from '../rounds/run.ts';
import { together as shops } from '../rounds/world.ts';
import { play, together } from './worlds.ts';

/**
 * `npm run worlds [-- --seeds N] [--seed S] [--worlds N] [--only I]`: plays random worlds on the production engine and on the
 * second one; with `--rounds`, `--jumps` or `--forecasts`, compares simulated worlds (see test/rounds/run.ts). Prints a line for each
 * seed and the entries that differ; exit code 1 where there are any. `I`: the number of the store or simulation.
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
  },
});
const names = ['rounds', 'jumps', 'forecasts'] satisfies (keyof typeof comparisons)[];
const name = names.find((one) => values[one]);
const size = name ? shops : together;
const first = Number(values.only ?? 0);
const count = values.only === undefined ? Math.ceil(Number(values.worlds ?? (name ? 200 : 500)) / size) : 1;
for (let seed = Number(values.seed), end = seed + Number(values.seeds); seed < end; seed++) {
  let differing = 0;
  let entries = 0;
  let steps = [0, 0];
  const began = process.cpuUsage();
  for await (const one of name ? compareWorlds(name, seed, count, first) : play(seed, count, first)) {
    entries += one.entries;
    if ('steps' in one && one.steps) steps = steps.map((sum, i) => sum + (one.steps?.[i] ?? 0));
    if (values.only !== undefined) console.log(JSON.stringify(one.world, null, 2));
    if (one.differences.length === 0) continue;
    differing++;
    const shown = values.only === undefined ? one.differences.slice(0, 10) : one.differences;
    console.log([`seed ${seed}, number ${one.number}, ${one.differences.length} differences:`, ...shown].join('\n  '));
  }
  const { user, system } = process.cpuUsage(began);
  const seconds = ((user + system) / 1e6).toFixed(0);
  const walked = name === 'rounds' ? `, ${steps.join(' instants and ')} rounds` : '';
  console.log(
    `seed ${seed}: ${count * size} worlds, ${entries} entries${walked}, ${differing} differ (${seconds} s of CPU)`,
  );
  if (differing > 0) process.exitCode = 1;
}
