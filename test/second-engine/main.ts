import { parseArgs } from 'node:util';
import { play, together } from './worlds.ts';

/**
 * `npm run worlds [-- --seeds N] [--seed S] [--worlds N] [--only I]`: plays random worlds on the production engine and on the
 * second one. Prints a line for each seed and the entries in which they differ; exit code 1 where there are any. `I`: the
 * number of the store.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    worlds: { type: 'string', default: '500' },
    only: { type: 'string' },
  },
});
const first = Number(values.only ?? 0);
const count = values.only === undefined ? Math.ceil(Number(values.worlds) / together) : 1;
for (let seed = Number(values.seed), end = seed + Number(values.seeds); seed < end; seed++) {
  let differing = 0;
  let entries = 0;
  const began = process.cpuUsage();
  for await (const { number, world, differences, ...outcome } of play(seed, count, first)) {
    entries += outcome.entries;
    if (values.only !== undefined) console.log(JSON.stringify(world, null, 2));
    if (differences.length === 0) continue;
    differing++;
    console.log([`seed ${seed}, store ${number}:`, ...differences].join('\n  '));
  }
  const { user, system } = process.cpuUsage(began);
  const seconds = ((user + system) / 1e6).toFixed(0);
  console.log(
    `seed ${seed}: ${count * together} worlds, ${entries} entries, ${differing} differ (${seconds} s of CPU)`,
  );
  if (differing > 0) process.exitCode = 1;
}
