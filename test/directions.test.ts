import { glob, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

/** The other directions are lint rules (biome.json), which cannot tell types from code. */
test('views import nothing but types from the engine', async () => {
  const found: string[] = [];
  let seen = 0;
  for await (const path of glob('cli/views/**/*.ts', { exclude: ['**/*.test.ts', '**/*.fixture.ts'] })) {
    const text = await readFile(path, 'utf8');
    for (const [statement, kind] of text.matchAll(
      /^(?:import|export) (type )?[^;]*? from '[^']*\/engine\/[^']*';/gms,
    )) {
      seen++;
      if (!kind) found.push(`${path}: ${statement}`);
    }
  }
  expect(found).toEqual([]);
  expect(seen, 'imports that were looked at').toBeGreaterThan(3);
});
