import { expect, test } from 'vitest';
import { load, outline } from './load.test-helper.ts';
import { consentShape, customerShape, eventShape } from './shape.ts';

const customers = customerShape({
  sources: [],
  attributes: [
    { name: 'name', type: 'string', pii: false },
    { name: 'subscribed', type: 'boolean', pii: false },
    { name: 'gender', type: 'string', pii: false },
    { name: 'birthday', type: 'date', pii: false },
    { name: 'spent', type: 'money', pii: false },
  ],
});

const orders = eventShape({
  name: 'order_paid',
  sources: [],
  fields: [
    { name: 'total', type: 'money', pii: false },
    { name: 'day', type: 'date', pii: false },
  ],
});

test('an export as a shop in Russia has it', async () => {
  const text =
    'id;name;subscribed;gender;birthday;spent\r\n' +
    '1;Да;Да;М;19.02.1968;2 197,00\r\n' +
    '2;Нет;нет;Ж;01.03.1970;"12\u00A0000,5"\r\n' +
    '3;NULL;-;;NULL;NULL\r\n';
  const { rows, problems } = await load(text, customers, {
    dates: ['DD.MM.YYYY'],
    decimal: ',',
    values: { Да: 'yes', Нет: 'no', NULL: '' },
    fields: { gender: { values: { М: 'male', Ж: 'female' } } },
  });
  expect(rows).toEqual([
    ['1', 'Да', true, 'male', '1968-02-19', 2197],
    ['2', 'Нет', false, 'female', '1970-03-01', 12000.5],
    ['3', null, null, null, null, null],
  ]);
  expect(outline(problems)).toEqual(['4 bad-boolean']);
});

test('what a column declares counts in the place of what the file does', async () => {
  const { rows } = await load('id,customer,at,total,day\n1,c1,1772366400,"5,5",03/01/2026\n', orders, {
    dates: ['epoch seconds'],
    decimal: '.',
    fields: { total: { decimal: ',' }, day: { dates: ['MM/DD/YYYY'] } },
  });
  expect(rows).toEqual([['1', 'c1', Date.UTC(2026, 2, 1, 12), 5.5, '2026-03-01']]);
});

test('words of a file are those of columns with fixed words too', async () => {
  const text = 'customer,channel,status,at\nc1,Почта,подписан,2026-03-01\nc2,Почта,отписан,2026-03-01\n';
  const values = { Почта: 'email', подписан: 'granted', отписан: 'withdrawn' };
  const { rows, problems } = await load(text, consentShape(['email']), { values });
  expect(rows.map((row) => row.slice(1, 4))).toEqual([
    ['c1', 'email', true],
    ['c2', 'email', false],
  ]);
  expect(problems).toEqual([]);
});

test('the conditions of a source choose its rows, and nothing of the others is reported', async () => {
  const text =
    'Номер,Клиент,at,total,Статус,Тест\n1,c1,2026-03-01,5,Оплачен,\n2,c1,never,x,отменён,\n3,c1,2026-03-01,7, ОПЛАЧЕН ,да\n4,c1,2026-03-01,8,,\n';
  const options = {
    rename: { Номер: 'id', Клиент: 'customer' },
    where: { Статус: ['оплачен', ''] },
    unless: { Тест: ['да'] },
  };
  const { rows, problems } = await load(text, orders, options);
  expect(rows.map(([id]) => id)).toEqual(['1', '4']);
  expect(problems).toEqual([]);
  const json = ['{"id":1,"customer":"c","at":"2026-03-01","paid":true}', '{"id":2,"customer":"c","at":"2026-03-01"}'];
  const lines = await load(json.join('\n'), orders, { path: 'rows.jsonl', where: { paid: ['true'] } });
  expect(lines.rows.map(([id]) => id)).toEqual(['1']);
  expect(lines.problems).toEqual([]);
});

test('values that begin or end with a star are all that end or begin so', async () => {
  const file =
    'id,customer,at,Flag,Sum\n1,c1,2026-03-01,Нет 02.03,5 USD\n2,c1,2026-03-01,нет,5 EUR\n3,c1,2026-03-01,Да,5\n4,c1,2026-03-01,Нет*,*\n';
  const ids = async (conditions: object) => (await load(file, orders, conditions)).rows.map(([id]) => id);
  expect(await ids({ where: { Flag: ['НЕТ*'] } })).toEqual(['1', '2', '4']);
  expect(await ids({ unless: { Sum: ['*usd', '*eur'] } })).toEqual(['3', '4']);
  expect(await ids({ where: { Sum: ['*'] } })).toEqual(['4']);
});

test('times without an offset are in the zone of the source, which counts before the project’s', async () => {
  const file = 'id,customer,at\n1,c1,2026-07-01 12:00:00\n2,c1,2026-07-01\n3,c1,2026-07-01T12:00:00+05:00\n';
  const times = async (more: object) => (await load(file, orders, more)).rows.map(([, , at]) => at);
  const at = (hour: number) => Date.UTC(2026, 6, 1, hour);
  expect(await times({})).toEqual([at(9), at(-3), at(7)]);
  expect(await times({ timezone: 'UTC' })).toEqual([at(12), at(0), at(7)]);
  expect(await times({ timezone: 'America/New_York' })).toEqual([at(16), at(4), at(7)]);
});

test('a file without the column of a condition is refused', async () => {
  const { rows, problems } = await load('id,customer,at\n1,c1,2026-03-01\n', orders, { unless: { Status: ['void'] } });
  expect(rows).toEqual([]);
  expect(outline(problems)).toEqual(['1 missing-column!']);
  expect(problems[0]?.message).toContain('no column "Status", which `where` or `unless`');
});

test('a refusal with too many cells is never left out', async () => {
  const text = 'customer,channel,status,at,kind\nc1,email,withdrawn,2026-03-01,news,x\n';
  const { rows } = await load(text, consentShape(['email']), { where: { kind: ['x'] } });
  expect(rows).toHaveLength(1);
});

test('one column is several', async () => {
  const { rows, problems } = await load('Имя,Почта\nАнна,a@example.com\n', customers, {
    rename: { Почта: ['id', 'name'], Имя: 'gender' },
  });
  expect(rows).toEqual([['a@example.com', 'a@example.com', null, 'Анна', null, null]]);
  expect(problems).toEqual([]);
  const twice = await load('a,b\n1,2\n', customers, { rename: { a: ['id', 'name'], b: 'name' } });
  expect(outline(twice.problems)).toEqual(['1 repeated-column!']);
  const json = await load('{"a":"x"}', customers, { path: 'rows.jsonl', rename: { a: ['id', 'name'] } });
  expect(json.rows).toEqual([['x', 'x', null, null, null, null]]);
});
