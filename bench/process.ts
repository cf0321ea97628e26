import { spawnSync } from 'node:child_process';

/** The cost of a process and of the processes that it starts with Node. */
export interface Cost {
  /** By the clock. */
  seconds: number;
  /** Of the processor, on all threads. */
  cpu: number;
  /** The largest memory that one of the processes has taken, MB. */
  peak: number;
}

const printed = `process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  process.stderr.write('\\nspent ' + (user + system) + ' ' + process.resourceUsage().maxRSS + '\\n');
})`;

/** Runs a program with Node until it ends. Throws where it does not end well. */
export function runNode(words: string[], cwd: string): Cost {
  const hook = `--import data:text/javascript,${encodeURIComponent(printed)}`;
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, words, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: hook },
    maxBuffer: 2 ** 28,
  });
  const seconds = (performance.now() - began) / 1000;
  if (status !== 0) throw new Error(`node ${words.join(' ')} failed: ${stderr}`);
  const spent = [...stderr.matchAll(/^spent (\d+) (\d+)$/gm)];
  return {
    seconds,
    cpu: spent.reduce((sum, [, cpu]) => sum + Number(cpu), 0) / 1e6,
    peak: Math.max(0, ...spent.map(([, , peak]) => Number(peak))) / 1024,
  };
}
