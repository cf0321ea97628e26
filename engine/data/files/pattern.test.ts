import { expect, test } from 'vitest';
import { fitting, fixedPart, folderColumns, isPassedOver, overlap } from './pattern.ts';

test.each([
  ['orders/*.csv', ['orders/a.csv', 'orders/.csv'], ['orders/a.csv.gz', 'orders/x/a.csv', 'a.csv', 'old/orders/a.csv']],
  ['orders/2026-0?.csv', ['orders/2026-01.csv', 'orders/2026-0ё.csv'], ['orders/2026-0.csv', 'orders/2026-012.csv']],
  ['orders/**/*.csv', ['orders/a.csv', 'orders/x/y/a.csv'], ['orders2/a.csv', 'orders/a.tsv']],
  ['orders/**', ['orders/a.csv', 'orders/x/y.tsv'], ['orders']],
  ['**/a.csv', ['a.csv', 'x/y/a.csv'], ['xa.csv']],
  ['orders', ['orders/a.csv', 'orders/x/y.tsv'], ['orders', 'orders2/a.csv']],
  ['./orders/', ['orders/a.csv'], ['a.csv']],
  ['a (1)+[b]/*.csv', ['a (1)+[b]/x.csv'], ['a 1b/x.csv']],
])('the files of %s', (path, files, others) => {
  const fits = fitting(path);
  expect(files.filter((file) => !fits(file))).toEqual([]);
  expect(others.filter(fits)).toEqual([]);
});

test.each([
  ['a.csv', 'a.csv', true],
  ['a.csv', './a.csv', true],
  ['a.csv', 'b.csv', false],
  ['x', 'x/a.csv', true],
  ['x/*.csv', 'x/a.csv', true],
  ['x/a-*.csv', 'x/b-*.csv', false],
  ['x/a*', 'x/*b', true],
  ['x/a?', 'x/ab*', true],
  ['x/**/a.csv', 'x/*/*.csv', true],
  ['x/**/a.csv', 'x/*/b.csv', false],
  ['**', 'x/y', true],
  ['x/*.csv', 'x/*.csv.gz', false],
])('%s and %s have files in common: %s', (one, other, common) => {
  expect([overlap(one, other), overlap(other, one)]).toEqual([common, common]);
});

test.each([
  ['orders/**/*.csv', 'orders'],
  ['*.csv', '.'],
  ['/data/*/a.csv', '/data'],
  ['/*', '/'],
  ['../x/*.csv', '../x'],
  ['./x/', 'x'],
])('the fixed part of %s is %s', (path, fixed) => {
  expect(fixedPart(path)).toBe(fixed);
});

test('names of no data are passed over', () => {
  const names = [
    '_SUCCESS',
    '.part-0.parquet.crc',
    '_temporary',
    'a.csv~',
    'a.csv.tmp',
    'a.parquet.inprogress',
    'A.TMP',
  ];
  expect(names.filter((name) => !isPassedOver(name))).toEqual([]);
  expect(['a.csv', 'dt=2026-03-31', 'part.csv', 'tmp.csv', 'a_b.csv'].filter(isPassedOver)).toEqual([]);
});

test('folders below the fixed part are columns', () => {
  const of = (file: string) => folderColumns('shop=1/**/*.csv', file);
  expect(of('shop=1/dt=2026-03-31/who=a%20b%3D/x=__HIVE_DEFAULT_PARTITION__/plain/y=z.csv')).toEqual({
    dt: '2026-03-31',
    who: 'a b=',
    x: '',
  });
  expect(of('shop=1/a=100%/a.csv')).toEqual({ a: '100%' });
  expect(folderColumns('*/*.csv', 'a=1/b.csv')).toEqual({ a: '1' });
});
