import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import schema from '../schemas/crm.schema.json' with { type: 'json' };
import { exampleFiles, exampleFollowed } from '../scripts/example.ts';
import { definitionNames, keysPage, keysPath } from '../scripts/keys.ts';
import { definitionOf } from '../spec/document/schema.ts';
import { lint } from '../spec/lint/lint.ts';
import { loadProject } from '../spec/load.ts';

describe('the example that says everything once', () => {
  it('is without error and without warning', () => {
    const files = exampleFiles();
    const loaded = loadProject(files, 'production');
    expect(loaded.diagnostics).toEqual([]);
    expect(lint(files, loaded)).toEqual([]);
  });

  it('follows every definition of the schema', () => {
    const { places } = exampleFollowed();
    expect(definitionNames().filter((name) => !places.has(name))).toEqual([]);
  });

  it('has every key of the schema', () => {
    const { keys } = exampleFollowed();
    const all = definitionNames().flatMap((name) =>
      Object.keys(definitionOf(name).properties ?? {}).map((key) => `${name}.${key}`),
    );
    expect(all.length).toBeGreaterThan(150);
    expect(all.filter((key) => !keys.has(key))).toEqual([]);
  });
});

it('the schema has no definition that nothing leads to', () => {
  const reached = new Set(definitionNames());
  expect(Object.keys(schema.definitions).filter((name) => !reached.has(name))).toEqual([]);
});

it('the page of the keys is that of the schema and of the example', () => {
  expect(readFileSync(keysPath, 'utf8'), 'run `npm run generate`').toBe(keysPage());
});
