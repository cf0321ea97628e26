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
  const orders = eventShape({
    name: 'order_paid',
    sources: [],
    fields: [
      { name: 'total', type: 'money', pii: false },
      { name: 'day', type: 'date', pii: false },
    ],
  });
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
