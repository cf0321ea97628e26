import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { grammarPage, grammarPath, grammarPictures, picturesPath } from '../scripts/grammar.ts';

it('the page of the grammar is that of the parser', () => {
  expect(readFileSync(grammarPath, 'utf8'), 'run `npm run generate`').toBe(grammarPage());
});

it('the pictures of the grammar are those of the parser', () => {
  const stored = readdirSync(picturesPath).map((name): [string, string] => {
    return [name, readFileSync(new URL(name, picturesPath), 'utf8')];
  });
  expect(new Map(stored), 'run `npm run generate`').toEqual(grammarPictures());
});
