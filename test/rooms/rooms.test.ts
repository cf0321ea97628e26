import { glob, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { withRooms } from '../../scripts/rooms.ts';
import { circles, importsUnder, refused, roomOf } from './imports.ts';
import { rooms } from './rooms.ts';

/** Imports that still run upwards; the list only gets shorter. */
const known: string[] = [];

const imports = await importsUnder('{spec,engine}/**/*.ts');

test('a room of spec and engine imports only the rooms that its list names', () => {
  expect(refused(imports).toSorted()).toEqual(known);
  const across = imports.filter(({ from, to }) => roomOf(from) !== roomOf(to));
  expect(across.length, 'imports that were looked at').toBeGreaterThan(500);
});

test('no files of spec and engine import each other in a circle, but for their types', () => {
  expect(circles(imports)).toEqual([]);
});

test('circles are found', () => {
  const arrows = ['a b', 'b c', 'c a', 'c d', 'd e', 'e d', 'f f'].map((arrow) => arrow.split(' '));
  const imports = arrows.map(([from = '', to = '']) => ({ from, to, type: false }));
  expect(circles(imports)).toEqual([['a', 'b', 'c'], ['d', 'e'], ['f']]);
  expect(circles(imports.map((one) => ({ ...one, type: one.from === 'c' })))).toEqual([['d', 'e'], ['f']]);
});

test('a room stands above all that it imports', () => {
  const folders = rooms.map(({ folder }) => folder);
  const upwards = rooms.flatMap(({ folder, imports }, floor) =>
    imports.filter((other) => folders.indexOf(other) >= floor).map((other) => `${folder} → ${other}`),
  );
  expect(upwards).toEqual([]);
});

test('the language, the compiler, the statistics and the tick read no files and open no connections', async () => {
  const found: string[] = [];
  let seen = 0;
  for await (const path of glob('{spec,engine/{program,compile,graph,metrics/stats,tick}}/**/*.ts')) {
    if (/\.(test|fixture|test-helper)\.ts$/.test(path)) continue;
    seen++;
    const text = await readFile(path, 'utf8');
    const modules = [...text.matchAll(/ from 'node:([^']*)'/g)].map(([, module]) => module);
    found.push(...modules.filter((module) => module !== 'crypto').map((module) => `${path} → ${module}`));
  }
  expect(found).toEqual([]);
  expect(seen, 'files that were looked at').toBeGreaterThan(200);
});

test('views import nothing but types from the engine', async () => {
  const found = (await importsUnder('cli/views/**/*.ts')).filter(({ to }) => to.startsWith('engine/'));
  expect(found.filter(({ type }) => !type)).toEqual([]);
  expect(found.length, 'imports that were looked at').toBeGreaterThan(3);
});

test('CONTRIBUTING.md shows the rooms as they are', async () => {
  const page = await readFile('CONTRIBUTING.md', 'utf8');
  expect(page, 'run `npm run generate`').toBe(withRooms(page));
  for (const { folder } of rooms) expect(page).toContain(`\`${folder}\``);
});
