import { cpus, totalmem } from 'node:os';
import type { BenchLine } from './bench.ts';

/**
 * `npm run bench [-- name…] [--customers N]`: prints each comparison as it is done. Every one runs in a process of its
 * own, so that the memory of one is not counted with another's.
 */
const benches: Record<string, (customers: number) => Promise<BenchLine[]>> = {
  segments: async (customers) => (await import('./segments.ts')).segmentBench(customers),
  tick: async (customers) => [await (await import('./tick.ts')).tickBench(customers)],
  render: async () => (await import('./render.ts')).renderBench(),
  smtp: async () => [await (await import('./smtp.ts')).smtpBench()],
  parse: async () => (await import('./parse.ts')).parseBench(),
  test: async () => [await (await import('./test.ts')).testBench()],
  loading: async (customers) => (await import('./loading.ts')).loadingBench(customers * 2),
};

const { values, positionals } = (await import('node:util')).parseArgs({
  allowPositionals: true,
  options: { customers: { type: 'string', default: '1000000' }, inside: { type: 'boolean', default: false } },
});
const customers = Number(values.customers);

if (values.inside) {
  const bench = benches[positionals[0] ?? ''];
  if (!bench) throw new Error(`no benchmark "${positionals[0]}"`);
  for (const line of await bench(customers)) console.log(show(line));
  console.log(`    peak memory of this process ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);
} else {
  const [cpu] = cpus();
  console.log(`${cpus().length} × ${cpu?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}\n`);
  const { spawnSync } = await import('node:child_process');
  for (const name of positionals.length > 0 ? positionals : Object.keys(benches)) {
    const { status } = spawnSync(
      process.execPath,
      [import.meta.filename, name, '--inside', '--customers', values.customers],
      {
        stdio: 'inherit',
      },
    );
    if (status !== 0) process.exitCode = 1;
  }
}

function show({ name, ours, theirs, unit, ratio, note }: BenchLine): string {
  const digits = unit === 's' ? 3 : 0;
  const figure = (value: number) => `${value.toFixed(digits)} ${unit}`;
  const meaning = unit === 's' ? 'of the time' : 'of the rate';
  return `${name}\n    ours ${figure(ours)}, theirs ${figure(theirs)}: ${ratio.toFixed(2)}× ${meaning}${note ? `\n    ${note}` : ''}`;
}
