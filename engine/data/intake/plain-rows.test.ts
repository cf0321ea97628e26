import fc from 'fast-check';
import sql, { join, raw } from 'sql-template-tag';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { FieldType, Writing } from '../../../spec/model/data.ts';
import { toRow } from '../../store/columns.ts';
import type { Column, Value } from '../../store/database.ts';
import { duckdb, ident } from '../../store/dialect.ts';
import { DuckDb } from '../../store/duckdb.ts';
import { zonePeriods } from '../../store/zones.ts';
import { rowsIn } from '../files/batch.ts';
import { idHash } from '../files/erased.ts';
import type { RowProblem } from '../files/problem.ts';
import { type ReadOptions, readSource } from '../files/read.ts';
import { ARRIVAL, eventShape, outputColumns, SOURCE } from '../files/shape.ts';
import { loadPlain } from './plain-rows.ts';

const types: FieldType[] = ['string', 'integer', 'number', 'money', 'boolean', 'date', 'instant'];
const shape = eventShape({ name: 'x', sources: [], fields: types.map((type) => ({ name: type, type, pii: false })) });
const columns: Column[] = [...outputColumns(shape), { name: SOURCE, type: 'integer' }];
const place = { number: 3, base: 1000 };
const header = ['id', 'customer', 'at', ...types, 'other'];

let db: DuckDb;
beforeAll(async () => {
  db = await DuckDb.open(':memory:', { threads: '1' });
  const definitions = columns.map((column) => sql`${ident(column.name)} ${raw(duckdb.types[column.type])}`);
  await db.run(sql`CREATE TABLE inbox (${join(definitions)})`);
  await db.run(sql`CREATE TABLE erased (hash varchar, kind varchar)`);
});
beforeEach(async () => {
  await db.run(sql`DELETE FROM erased`);
});
afterAll(() => db.close());

interface Outcome {
  rows: object[];
  problems: RowProblem[];
  gone: Value[][];
  counts: Record<'rows' | 'passed' | 'erased' | 'plain', number>;
}

/** Reads a file into the inbox; `plain`: rows may be left to the database. */
async function read(bytes: Uint8Array, chunk: number, options: Partial<ReadOptions>, plain: boolean): Promise<Outcome> {
  async function* chunks() {
    for (let from = 0; from < bytes.length; from += chunk) yield bytes.subarray(from, from + chunk);
  }
  await db.run(sql`DELETE FROM inbox`);
  const { zone = 'Europe/Moscow', erased, ...rest } = options;
  const outcome: Outcome = { rows: [], problems: [], gone: [], counts: { rows: 0, passed: 0, erased: 0, plain: 0 } };
  const { counts, problems, gone } = outcome;
  const at = Date.UTC(2026, 5, 1);
  for await (const batch of readSource(chunks(), 'rows.csv', shape, {
    zone,
    at,
    ...rest,
    plain,
    ...(erased && { erased }),
  })) {
    if (batch.plain) {
      counts.plain += batch.plain.rows;
      const left = await loadPlain(db, 'inbox', batch.columns, batch.plain, { ...place, erased: erased !== undefined });
      counts.erased += left;
    }
    const arrival = columns.findIndex((column) => column.name === ARRIVAL);
    const named = toRow(columns);
    const rows = batch.rows.map((row) =>
      named([...row.with(arrival, place.base + Number(row[arrival])), place.number]),
    );
    await db.load('inbox', columns, rows);
    counts.rows += rowsIn(batch);
    counts.passed += batch.passed;
    counts.erased += batch.erased;
    problems.push(...batch.problems);
    gone.push(...batch.leftOut);
  }
  outcome.rows = await db.query(sql`SELECT * FROM inbox ORDER BY ${ident(ARRIVAL)}, id`);
  return outcome;
}

/** Expects the same of both ways. Returns the number of rows that were left to the database. */
async function same(text: string | Uint8Array, chunk: number, options: Partial<ReadOptions> = {}): Promise<number> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const { counts, ...plain } = await read(bytes, chunk, options, true);
  const { counts: others, ...whole } = await read(bytes, chunk, options, false);
  expect(plain).toEqual(whole);
  expect({ ...counts, plain: 0 }).toEqual(others);
  return counts.plain;
}

const some = (...texts: string[]) => fc.constantFrom(...texts);
const signs = fc.string({
  unit: some(..."aZ0é😀'\u00a0\u2003\ufeff\u0001\u007f\u0085\u2028 \t,;|.+-@<>#/".split(/(?:)/u)),
  maxLength: 6,
});
const instants = fc.oneof(
  fc
    .tuple(
      some('2024', '1999', '2049', '2050', '1970', '0999', '1990', '1980'),
      some('-01-31', '-02-28', '-02-29', '-02-30', '-04-31', '-10-27', '-03-31', '-10-26', '-13-01', '-00-10', '-1-1'),
      some('T', ' ', 't', '  ', ''),
      some('00:00', '23:59', '24:00', '02:30', '03:00', '9:05', '02:59', '1:2'),
      some(':00', ':59', ':60', '', ':5'),
      some('', '', '.5', '.123', '.123456', '.1234567', ',5', '.'),
      some('', '', 'Z', '+03:00', '+0300', '-13:59', '+14:00', '+18:00', '+19:00', '+03:60', ' UTC', 'z'),
    )
    .map((parts) => parts.join('')),
  some('2024-05-06', '20240506T101112Z', '1714979472'),
);
/** Cells at the edge of what a column takes. */
const edges: Record<string, string[]> = {
  id: [
    '',
    'x'.repeat(200),
    'x'.repeat(201),
    'é'.repeat(200),
    '😀'.repeat(100),
    `${'😀'.repeat(100)}x`,
    "'7",
    'a b',
    'a\u0007b',
  ],
  customer: ['', 'a@shop.example', 'A@Shop.example', 'b@shop.example', '+79991234567', 'c1', ' c1', 'x'.repeat(201)],
  at: ['', '2024-05-06', '20240506T101112Z', '1714979472'],
  string: [
    '',
    'a "b" c',
    '"a"',
    '"a,b"',
    "'a",
    'Да',
    'x'.repeat(500),
    'a\u00a0b',
    '\u00a0a',
    '\u2003',
    'a\u0000b',
    'a\tb',
    '\ufeff',
  ],
  integer: [
    '',
    '0',
    '-0',
    '5',
    '+5',
    '007',
    '123456789012345',
    '-123456789012345',
    '9007199254740991',
    '9007199254740993',
  ].concat('12345678901234567', '1.0', '1,0', '1e3', '1_000', '0x1', '١', "'5", '1 000', '−5'),
  number: [
    '',
    '0',
    '-0',
    '-0.0',
    '-0,0',
    '5.',
    '.5',
    '0.1',
    '0,1',
    '123456789012345.123456789012345',
    '3.0000000000000004',
  ].concat(
    '1e5',
    '-1.5',
    '-1,5',
    '1.234,5',
    '1,234.5',
    'NaN',
    'inf',
    '1e400',
    '0.1234567890123456',
    '1234567890123456',
    "'1.5",
  ),
  money: [
    '',
    '0',
    '100.00',
    '100,00',
    '0.0001',
    '0.00001',
    '99999999999.9999',
    '99999999999,9999',
    '1.23456',
    '-5',
    '5.',
  ].concat('.5', '12,50', '1 000', '999999999999', '1_0', '+5', '5 ₽', '-0'),
  boolean: ['', 'true', 'Yes', 'NO', 'tRUE', '1', '0', 'да', 't', 'y', "'1", 'False'],
  date: [
    '',
    '2024-02-28',
    '2024-02-29',
    '2023-02-29',
    '2024-04-31',
    '2024-12-31',
    '0999-01-01',
    '1000-01-01',
    '1582-10-10',
  ].concat(
    '20240506',
    '9999-12-31',
    '2024-1-1',
    '2024-02-28T10:00',
    '2024-00-10',
    '2024-13-01',
    '2024-05-32',
    '2024-05-00',
  ),
  instant: ['', '2024-05-06', '20240506T101112Z', '1714979472'],
  other: ['', 'a "b" c', '"a"', '\u0001', ' paid', 'Paid', 'PAID', 'Paidx'],
};

const cells = Object.fromEntries(
  Object.entries(edges).map(([column, texts]) => {
    const either = [some(...texts), ['string', 'id', 'customer', 'other'].includes(column) ? signs : instants];
    return [column, fc.oneof(...either)];
  }),
);

/** A cell that is mostly one of its column, sometimes empty, or between blanks. */
const cellOf = (column: string) =>
  fc
    .tuple(fc.nat(19), cells[column] ?? signs)
    .map(([n, text]) => (n === 0 ? '' : n === 1 ? ` ${text} ` : n === 2 ? `\u00a0${text}` : text));

const usual: Record<string, fc.Arbitrary<string>> = {
  id: fc.nat(50).map((n) => `o${n}`),
  customer: fc.nat(5).map((n) => `c${n}`),
  at: fc.nat(25_000_000).map((minute) => new Date(Date.UTC(2001, 0, 1) + minute * 60_000).toISOString().slice(0, 19)),
  string: some('', 'a', 'Да и нет', 'a\u00a0b'),
  integer: some('', '5', '-7'),
  number: some('', '2.5', '-0.5'),
  money: some('', '12.5', '7'),
  boolean: some('', 'yes', '0'),
  date: some('', '2024-03-31'),
  instant: some('', '2024-03-31T02:30:00', '2024-03-31T02:30:00Z'),
  other: some('', 'z'),
};

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

/** A row of usual cells, of which some are what they should not be. */
const record = (delimiter: string, where: string, offset: string) =>
  fc
    .tuple(
      fc.tuple(...header.map((column) => usual[column] ?? signs)),
      some(offset, offset, offset, offset, '', 'Z'),
      fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        {
          weight: 2,
          arbitrary: fc.array(
            fc.nat(header.length - 1).chain((i) => cellOf(header[i] ?? '').map((text) => ({ i, text }))),
            { maxLength: 2 },
          ),
        },
      ),
      fc.nat(40),
    )
    .map(([row, ahead, wrong, odd]) => {
      const all = row.with(2, `${row[2]}${ahead}`);
      for (const { i, text } of wrong) all[i] = text;
      if (where !== '' && odd > 8) all[header.length - 1] = where;
      if (odd === 0) return all.slice(1).join(delimiter);
      if (odd === 1) return [...all, 'more'].join(delimiter);
      if (odd === 2) return ' ';
      if (odd === 3) return '';
      if (odd < 10)
        return all.map((cell, i) => (odd === 4 || i % (odd - 3) === 1 ? quoted(cell) : cell)).join(delimiter);
      return all.join(delimiter);
    });

const files = fc
  .tuple(
    some(',', ';', '\t', '|'),
    some('', '', 'Paid'),
    some('\n', '\n', '\r\n'),
    some('', '\ufeff'),
    some('', '\n', '\r'),
    some('', '+03:00', '-02:30'),
  )
  .chain(([delimiter, where, end, mark, last, offset]) =>
    fc.array(record(delimiter, where, offset), { minLength: 1, maxLength: 60, size: 'max' }).map((records) => ({
      text: `${mark}${[header.join(delimiter), ...records].join(end)}${last === '\n' ? end : last}`,
      where,
    })),
  );

test('rows are the same whether the database or the converters read them', async () => {
  let plain = 0;
  let rows = 0;
  await fc.assert(
    fc.asyncProperty(
      files,
      fc.integer({ min: 150, max: 2000 }),
      some('Europe/Moscow', 'America/New_York', 'Asia/Kathmandu', 'UTC', 'Australia/Lord_Howe', 'Africa/Casablanca'),
      fc.constantFrom<',' | '.' | undefined>(undefined, undefined, ',', '.'),
      fc.boolean(),
      async ({ text, where }, chunk, zone, decimal, erasing) => {
        const writing: Writing = { ...(decimal && { decimal }), ...(where && { where: { other: ['paid', where] } }) };
        await db.run(sql`DELETE FROM erased`);
        if (erasing)
          await db.run(
            sql`INSERT INTO erased VALUES (${idHash('c1')}, 'id'), (${idHash('a@shop.example')}, 'address')`,
          );
        const erased = {
          ids: new Set([idHash('c1')]),
          addresses: new Set([idHash('a@shop.example')]),
          others: new Set<string>(),
        };
        rows += text.split('\n').length;
        const own = erasing ? { timezone: zone } : { zone };
        plain += await same(text, chunk, { ...own, ...writing, ...(erasing && { erased }) });
      },
    ),
    { numRuns: 30 },
  );
  expect(plain / rows).toBeGreaterThan(0.1);
}, 60_000);

const plainRow: Record<string, string> = {
  ...Object.fromEntries(header.map((column) => [column, ''])),
  id: 'o1',
  customer: 'c2',
};

test.each([
  { delimiter: ',', offset: 'Z' },
  { delimiter: ';', offset: '', decimal: ',' as const },
  { delimiter: '\t', offset: '+05:30', decimal: '.' as const },
])(
  'a cell at the edge is what its converter says: $delimiter $offset $decimal',
  async ({ delimiter, offset, ...writing }) => {
    const at = `2024-05-06T10:11:12${offset}`;
    const rows = header.flatMap((column) => (edges[column] ?? []).map((cell) => ({ ...plainRow, at, [column]: cell })));
    const first = Array.from({ length: 9 }, () => ({ ...plainRow, at }));
    const write = (quote: (cell: string, column: string) => string) =>
      [...first, ...rows].map((row) =>
        header.map((column) => quote((row as Record<string, string>)[column] ?? '', column)).join(delimiter),
      );
    const texts = [
      write((cell) => cell),
      write(quoted),
      write((cell, column) => (['string', 'other'].includes(column) ? quoted(cell) : cell)),
    ].map((lines) => [header.join(delimiter), ...lines].join('\n'));
    // Blocks of many sizes, so that a line is among others of many kinds.
    for (const text of texts) {
      for (const chunk of [400, 1000, 20_000])
        expect(await same(text, chunk, writing)).toBeGreaterThan(chunk < 20_000 ? 40 : -1);
      const where = { other: ['paid', 'Paid'] };
      expect(await same(text, 500, { ...writing, where })).toBeLessThan(10);
    }
  },
);

test.each(['Europe/Moscow', 'Australia/Lord_Howe', 'Africa/Casablanca'])(
  'an instant is the one that the converter finds: %s',
  async (zone) => {
    const near = localChanges(zone);
    const few = fc.sample(instants, { numRuns: 300, seed: 7 });
    const parts = ['', '.5', '.123456'].flatMap((part) =>
      ['', 'Z', '+03:00', '-13:59', '+00:00'].map((ahead) => part + ahead),
    );
    const usual = near.flatMap((text, i) => [text, `${text}${parts[i % parts.length]}`]);
    for (const at of ['2024-05-06T10:11:12', '2024-05-06T10:11:12Z']) {
      const lines = [...usual, ...few].map((text, i) => `o${i},c1,${at},${text}`);
      expect(await same(['id,customer,at,instant', ...lines].join('\n'), 30_000, { zone })).toBeGreaterThan(100);
    }
  },
);

/** Returns local times around the changes of a zone's clocks. */
function localChanges(zone: string): string[] {
  const minutes = [-61, -60, -31, -30, -1, 0, 1, 29, 30, 59, 60, 61, 120];
  return zonePeriods(zone)
    .filter(({ localFrom }) => localFrom > Date.UTC(1995, 0, 1))
    .flatMap(({ localFrom }) => minutes.map((n) => new Date(localFrom + n * 60_000).toISOString().slice(0, 19)));
}

test.each(['"', '"b', ''])(
  'lines within a quoted cell are no rows, also where it goes on in other blocks: %j',
  async (close) => {
    const row = (i: number) => `o${i},c1,2024-05-06T10:11:12Z,a`;
    const within = Array.from({ length: 20 }, (_, i) => row(100 + i));
    const text = [
      'id,customer,at,string',
      ...within,
      'x1,c1,2024-05-06T10:11:12Z,"a',
      ...within,
      close,
      ...within,
    ].join('\n');
    for (const chunk of [60, 150, 400, 1500, 10_000]) await same(text, chunk);
  },
);

test.each<Partial<ReadOptions>>([
  { unless: { other: ['Z'] } },
  { ids: 'email' },
  { values: { x: '' } },
  { fields: { string: { between: ['a', 'b'] } } },
  { dates: ['DD.MM.YYYY'] },
])('a source that says more of its cells is left to the converters: %j', async (more) => {
  const cells = { ...plainRow, at: '2024-05-06T10:11:12', customer: 'A@shop.example', string: 'axb', other: 'z' };
  const row = header.map((column) => (cells as Record<string, string>)[column]).join(',');
  const text = [header.join(','), ...Array.from({ length: 30 }, () => row)].join('\n');
  expect(await same(text, 300)).toBeGreaterThan(10);
  expect(await same(text, 300, more)).toBe(0);
});
