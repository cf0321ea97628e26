import { expect, it } from 'vitest';
import { readSource, withoutSecrets } from './source.ts';

const at = { cwd: '/srv/live', env: { SHOP: 'https://robot:hunter2@git.example/shop.git' } };

it.each([
  ['https://git.example/shop.git', 'https://git.example/shop.git#HEAD'],
  ['https://git.example/shop.git#main', 'https://git.example/shop.git#main'],
  ['https://git.example/all.git#release/1:shops/one/', 'https://git.example/all.git#release/1:shops/one'],
  ['https://robot:hunter2@git.example/shop.git#main', 'https://git.example/shop.git#main'],
  ['https://hunter2@git.example/shop.git#main', 'https://git.example/shop.git#main'],
  ['https://git.example/shop.git?token=hunter2#main', 'https://git.example/shop.git#main'],
  ['env:SHOP#main', 'https://git.example/shop.git#main'],
  ['ssh://git@git.example/shop.git#main', 'ssh://git@git.example/shop.git#main'],
  ['git@git.example:shop.git#main', 'git@git.example:shop.git#main'],
  ['../shop.git#main', '../shop.git#main'],
])('%s is shown without credentials', (text, shown) => {
  expect(readSource(text, at).shown).toBe(shown);
});

it.each(['--upload-pack=x#main', 'ext::sh -c x#main', 'a#-x', 'a#x y', 'a#../x', 'a#main:../x', 'a#/x'])(
  '%s is refused',
  (text) => {
    expect(() => readSource(text, at)).toThrow('The repository is not written as git knows it.');
  },
);

it('starts a path from the folder of the command', () => {
  expect(readSource('../shop.git#main', at).url).toBe('/srv/shop.git');
  expect(readSource('git@git.example:shop.git#main', at).url).toBe('git@git.example:shop.git');
});

it('names a variable that is not set', () => {
  expect(() => readSource('env:NOWHERE#main', at)).toThrow('The environment variable NOWHERE is not set.');
});

it('takes the credentials out of what git says', () => {
  const source = readSource('https://robot:p%40ss1@git.example/shop.git?key=abc123#main', at);
  const said = `unable to access '${source.url}': robot p%40ss1 p@ss1 abc123 at https://robot:p%40ss1@git.example/`;
  expect(withoutSecrets(said, source)).toBe(
    "unable to access 'https://git.example/shop.git': *** *** *** *** at https://git.example/",
  );
});
