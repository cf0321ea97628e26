import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import type { BenchLine, Size } from './bench.ts';

/**
 * `npm run bench [-- name…] [--customers N] [--days N] [--campaigns N] [--profile]`: prints each comparison as it is done. Every one runs in a
 * process of its own, so that the memory of one is not counted with another's.
 */
const benches: Record<string, (size: Size) => Promise<BenchLine[]>> = {
  segments: async ({ customers = 1_000_000 }) => (await import('./segments.ts')).segmentBench(customers),
  gates: async ({ customers = 1_000_000 }) => [await (await import('./gates.ts')).gatesBench(customers)],
  tick: async ({ customers = 1_000_000, profile }) => (await import('./tick.ts')).tickBench(customers, profile),
  render: async () => (await import('./render.ts')).renderBench(),
  smtp: async () => [await (await import('./smtp.ts')).smtpBench()],
  parse: async () => (await import('./parse.ts')).parseBench(),
  test: async () => [await (await import('./test.ts')).testBench()],
  simulate: async (size) => (await import('./simulate.ts')).simulateBench(size),
  cdnow: async (size) => (await import('./simulate.ts')).cdnowBench(size),
  large: async (size) => (await import('./large.ts')).largeBench(size),
  even: async (size) => (await import('./large.ts')).evenBench(size),
  plan: async (size) => (await import('./plan.ts')).planBench(size),
  'plan-base': async (size) => (await import('./plan-base.ts')).planBaseBench(size),
  'sample-worlds': async (size) => (await import('./sample.ts')).sampleWorldsBench(size),
  sample: async (size) => (await import('./sample.ts')).sampleBench(size),
  commands: async ({ days }) => (await import('./commands.ts')).commandsBench(days),
  start: async () => (await import('./commands.ts')).startBench(),
  report: async ({ customers = 1_000_000, profile }) => (await import('./report.ts')).reportBench(customers, profile),
  loading: async ({ customers = 1_000_000 }) => (await import('./loading.ts')).loadingBench(customers * 2),
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    customers: { type: 'string' },
    days: { type: 'string' },
    campaigns: { type: 'string' },
    profile: { type: 'boolean', default: false },
    inside: { type: 'boolean', default: false },
  },
});

const sizes = ['customers', 'days', 'campaigns'] as const;

if (values.inside) {
  const bench = benches[positionals[0] ?? ''];
  if (!bench) throw new Error(`no benchmark "${positionals[0]}"`);
  const given = sizes.flatMap((key) => (values[key] === undefined ? [] : [[key, Number(values[key])]]));
  const lines = await bench({ ...Object.fromEntries(given), profile: values.profile });
  for (const line of lines) console.log(show(line));
  console.log(`    peak memory of this process ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);
} else {
  const [cpu] = cpus();
  console.log(`${cpus().length} × ${cpu?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}\n`);
  const { spawnSync } = await import('node:child_process');
  const options = [
    ...sizes.flatMap((key) => (values[key] === undefined ? [] : [`--${key}`, values[key]])),
    ...(values.profile ? ['--profile'] : []),
  ];
  for (const name of positionals.length > 0 ? positionals : Object.keys(benches)) {
    const { status } = spawnSync(process.execPath, [import.meta.filename, name, '--inside', ...options], {
      stdio: 'inherit',
    });
    if (status !== 0) process.exitCode = 1;
  }
}

function show({ name, ours, theirs, unit, ratio, note }: BenchLine): string {
  const digits = unit === 's' ? 3 : 0;
  const figure = (value: number) => `${value.toFixed(digits)} ${unit}`;
  const meaning = unit === 's' ? 'of the time' : 'of the rate';
  const compared =
    theirs === undefined ? '' : `, theirs ${figure(theirs)}: ${(ratio ?? ours / theirs).toFixed(2)}× ${meaning}`;
  return `${name}\n    ours ${figure(ours)}${compared}${note ? `\n    ${note}` : ''}`;
}
