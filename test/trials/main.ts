import { parseArgs } from 'node:util';
import { Bench } from './trial.ts';
import { trials } from './trials.ts';

/**
 * `npm run trials [-- --minutes N] [--seed S] [--short] [--verbose] [name…]`: each trial at its full size, and again with
 * further seeds until the time is over. Prints a line for each, and of one that failed with `--verbose` what the commands
 * wrote; exit code 1 where something did not hold.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    short: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
});
const unknown = positionals.filter((name) => !trials.some((trial) => trial.name === name));
if (unknown.length > 0)
  throw new Error(`no trial ${unknown.join(', ')}; there are ${trials.map(({ name }) => name).join(', ')}`);
const chosen = trials.filter(({ name }) => positionals.length === 0 || positionals.includes(name));

const end = Date.now() + Number(values.minutes) * 60_000;
let seed = Number(values.seed);
let bench: Bench | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, async () => {
    await bench?.close();
    process.exit(1);
  });
console.log(row('trial', 'seed', 'seconds', 'result'));
do {
  for (const trial of chosen) {
    bench = new Bench(seed, !values.short);
    const began = Date.now();
    let result: string;
    try {
      result = words(await trial.run(bench));
    } catch (error) {
      process.exitCode = 1;
      result = `FAILED ${error instanceof Error ? error.message : String(error)}`;
      if (values.verbose)
        for (const { words, said } of bench.commands) console.log(`$ crm ${words.join(' ')}\n${said}`);
    }
    await bench.close();
    console.log(row(trial.name, String(seed), ((Date.now() - began) / 1000).toFixed(1), result));
  }
  seed++;
} while (Date.now() < end);

function row(name: string, number: string, seconds: string, result: string): string {
  return `${name.padEnd(18)}${number.padStart(5)}${seconds.padStart(9)}  ${result}`;
}

function words(figures: object): string {
  return Object.entries(figures)
    .map(([name, figure]) => `${name} ${figure}`)
    .join(', ');
}
