import { describe, expect, it } from 'vitest';
import { lint } from '../lint/lint.ts';
import { loadProject } from '../load.ts';
import type { Example, ExampleKind } from './explanation.ts';
import { explanations } from './explanations.generated.ts';
import { worldOf } from './world.fixture.ts';

function found(kind: ExampleKind, example: Example) {
  const files = worldOf(kind, example);
  const environment = kind === 'shell' ? String(example).split(' ').at(-1) : undefined;
  const loaded = loadProject(files, environment);
  const diagnostics = [...loaded.diagnostics, ...lint(files, loaded)];
  return diagnostics.map(({ code, severity, message, range }) => ({
    code,
    severity,
    line: `${code} ${message} (${range?.file}:${range?.start.line})`,
  }));
}

describe.each(Object.entries(explanations))('%s', (code, { kind, wrong, right }) => {
  it('is what the wrong example gives', () => {
    const all = found(kind, wrong);
    expect(
      all.map((one) => one.code),
      all.map(({ line }) => line).join('\n'),
    ).toContain(code);
  });

  it('is what the right example does not give, nor an error', () => {
    const left = found(kind, right).filter((one) => one.severity === 'error' || one.code === code);
    expect(left.map(({ line }) => line)).toEqual([]);
  });
});
