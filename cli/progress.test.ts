import { expect, test } from 'vitest';
import { testIo } from '../test/io.ts';
import { progress } from './progress.ts';

test('work of more than a second shows where it is, and leaves no trace', () => {
  let now = 0;
  const io = testIo('/', { now: () => now, terminal: { stdin: true, stdout: true, stderr: true } });
  const shown = progress(io, 'counting');
  shown.at('one');
  expect(io.said.err, 'too soon').toBe('');
  now = 1001;
  shown.at('two');
  shown.at('two and a bit');
  now = 1200;
  shown.at('three '.repeat(50));
  shown.end();
  const lines = io.said.err.split('\r\u001b[2K');
  expect(lines.slice(0, 2)).toEqual(['', 'two']);
  expect(lines[2]).toHaveLength(119);
  expect(lines.slice(3)).toEqual(['']);
});

test('without a terminal nothing is shown', () => {
  const io = testIo('/', { now: () => 1e9 });
  const shown = progress(io, 'counting');
  shown.at('one');
  shown.end();
  expect(io.said.err).toBe('');
});
