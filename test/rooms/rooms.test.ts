import { glob, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { type Room, rooms } from './rooms.ts';

const folders = rooms.map(({ folder }) => folder);

/** The room of a file is the one with the longest folder that holds it. */
function roomOf(path: string): string | undefined {
  return folders
    .filter((folder) => path.startsWith(`${folder}/`))
    .toSorted((a, b) => b.length - a.length)
    .find((folder) => !['spec', 'engine'].includes(folder) || dirname(path) === folder);
}

interface Import {
  from: string;
  to: string;
  type: boolean;
}

/** The imports and exports of a file from other files of ours. */
async function importsOf(path: string): Promise<Import[]> {
  const text = await readFile(path, 'utf8');
  return [...text.matchAll(/^(?:import|export) (type )?([^;]*?) ?from '(\.[^']*)';/gms)].map(([, type, names, to]) => {
    const each = (names ?? '').replaceAll(/[{}\s]+/g, ' ').split(',');
    const types = each.filter((name) => name.trim() !== '').every((name) => name.trim().startsWith('type '));
    return { from: path, to: join(dirname(path), to ?? ''), type: type !== undefined || types };
  });
}

async function importsUnder(pattern: string): Promise<Import[]> {
  const paths: string[] = [];
  for await (const path of glob(pattern)) if (!/\.(test|fixture|test-helper)\.ts$/.test(path)) paths.push(path);
  return (await Promise.all(paths.map(importsOf))).flat();
}

/** Arrows that run upwards still; the list only gets shorter. */
const known = [
  'engine/delivery/dispatch.ts → engine/worker/leases.ts',
  'engine/delivery/lease.ts → engine/worker/boot.ts',
  'engine/inspect/ahead.ts → engine/plan/conditions.ts',
  'engine/inspect/ahead.ts → engine/plan/step-text.ts',
  'engine/plan/conditions.ts → spec/expression/print.ts',
];

test('a room of spec and engine imports only the rooms that its list names', async () => {
  const wrong: string[] = [];
  let seen = 0;
  for (const { from, to, type } of await importsUnder('{spec,engine}/**/*.ts')) {
    const [room, other] = [roomOf(from), roomOf(to)];
    if (room === other && room !== undefined) continue;
    seen++;
    const { imports, types = [] } =
      rooms.find(({ folder }) => folder === room) ?? ({ imports: [] } as Pick<Room, 'imports' | 'types'>);
    if (!other || !(imports.includes(other) || (type && types.includes(other)))) wrong.push(`${from} → ${to}`);
  }
  expect(wrong.toSorted()).toEqual(known);
  expect(seen, 'imports that were looked at').toBeGreaterThan(500);
});

test('a room stands above all that it imports', () => {
  const upwards = rooms.flatMap(({ folder, imports }, floor) =>
    imports.filter((other) => folders.indexOf(other) >= floor).map((other) => `${folder} → ${other}`),
  );
  expect(upwards).toEqual([]);
});

test('views import nothing but types from the engine', async () => {
  const found = (await importsUnder('cli/views/**/*.ts')).filter(({ to }) => to.startsWith('engine/'));
  expect(found.filter(({ type }) => !type)).toEqual([]);
  expect(found.length, 'imports that were looked at').toBeGreaterThan(3);
});
