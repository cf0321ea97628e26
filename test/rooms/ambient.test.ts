import { glob, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

/** The calls that read the machine's clock or environment, wait by its timers, or write to its terminal. */
const ambient =
  /\b(?:new Date(?:\(\)|(?!\())|DateTime\.(?:now|local|utc)\(\)|(?:Date\.now|performance\.now|setTimeout|setInterval|setImmediate|AbortSignal\.timeout|process\.(?:stdout|stderr|env|pid|hrtime|uptime)|console\.(?:log|warn|error)|Math\.random)\b)/g;

/** Files that are bound to the machine itself, and why. Everything else gets the time and the rest handed in. */
const bound: Record<string, string> = {
  'engine/delivery/carriers/http.ts': 'time-outs of connections',
  'engine/delivery/carriers/smtp.ts': 'time-outs of connections',
  'engine/store/guest.ts': 'silence on the socket; the holder names its PID',
  'engine/store/line.ts': 'silence on the socket',
  'engine/store/open.ts': 'waits for the lock of the file; the holder notes its PID',
  'engine/store/serve.ts': 'time-outs of guests; the holder notes its PID',
  'engine/worker/boot.ts': 'when the machine was started',
};

test('only what is bound to the machine asks it for the time, its environment or its terminal', async () => {
  const found = new Map<string, string[]>();
  let seen = 0;
  for await (const path of glob('{spec,engine}/**/*.ts')) {
    if (/\.(test|fixture|test-helper)\.ts$/.test(path)) continue;
    seen++;
    const text = (await readFile(path, 'utf8')).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    const uses = [...text.matchAll(ambient)].map(([use]) => use);
    if (uses.length > 0) found.set(path, uses);
  }
  expect([...found.keys()].toSorted()).toEqual(Object.keys(bound));
  expect(seen, 'files that were looked at').toBeGreaterThan(400);
});

test.each([
  'new Date()',
  'new Date;',
  'Date.now()',
  'DateTime.now()',
  'performance.now',
  'process.env.HOME',
  'setTimeout(f)',
])('%s is found', (use) => expect(`const at = ${use};`.match(ambient)).toHaveLength(1));

test('a given instant is no ambient clock', () => {
  expect('new Date(at).toISOString()'.match(ambient)).toBeNull();
});
