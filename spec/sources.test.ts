import { expect, it } from 'vitest';
import { convertFile } from './convert.ts';
import { loadProject } from './load.ts';

const project = 'project: { name: shop, timezone: Europe/Moscow, locale: ru, currency: RUB }\n';
const data = `data:
  customers:
    from:
      path: people.csv
      rename: { Почта: [id, email] }
      encoding: windows-1251
      delimiter: tab
      dates: [DD.MM.YYYY, epoch seconds]
      decimal: ","
      values: { Да: true, "0": no, н/д: "" }
      fields: { birthday: { dates: [D/M/YYYY] } }
      where: { Статус: [Активен, 1] }
      unless: { Тест: да }
    consent: { email: newsletter, sms: { column: texts, at: since } }
    attributes: { email: email, birthday: date }
  events:
    bought:
      from: [{ path: orders.json.gz, each: lines }, { path: old.xlsx, sheet: Заказы 2025 }, "events/**/*.parquet", exports/orders]
      fields: { total: money }
`;

it('a source means the same in YAML and in the DSL', () => {
  const read = loadProject([
    { path: 'crm.yaml', text: project },
    { path: 'data.crm.yaml', text: data },
  ]);
  expect(read.diagnostics).toEqual([]);
  expect(read.model?.data.customers).toMatchObject({
    sources: [
      {
        path: 'people.csv',
        rename: { Почта: ['id', 'email'] },
        encoding: 'windows-1251',
        delimiter: '\t',
        dates: ['DD.MM.YYYY', 'epoch seconds'],
        decimal: ',',
        values: { Да: 'true', '0': 'no', 'н/д': '' },
        fields: { birthday: { dates: ['D/M/YYYY'] } },
        where: { Статус: ['Активен', '1'] },
        unless: { Тест: ['да'] },
      },
    ],
    consent: { email: { column: 'newsletter' }, sms: { column: 'texts', at: 'since' } },
  });
  expect(read.model?.data.events[0]?.sources).toEqual([
    { path: 'orders.json.gz', rename: {}, each: 'lines' },
    { path: 'old.xlsx', rename: {}, sheet: 'Заказы 2025' },
    { path: 'events/**/*.parquet', rename: {} },
    { path: 'exports/orders', rename: {} },
  ]);
  const { file: { text = '' } = {} } = convertFile({ path: 'data.crm.yaml', text: data });
  const again = loadProject([
    { path: 'crm.yaml', text: project },
    { path: 'data.crm', text },
  ]);
  expect(again.diagnostics).toEqual([]);
  expect(again.model?.data).toEqual(read.model?.data);
});

it.each([
  ['an unknown encoding', 'encoding: windows-1251', 'encoding: cp1251', 'CRM1013'],
  ['a form that is none', 'DD.MM.YYYY', 'dd.mm.yyyy', 'CRM1035'],
  ['a channel that is unknown', 'consent: { email:', 'consent: { mail:', 'CRM4004'],
  ['a file of an unknown format', 'orders.json.gz', 'orders.zip', 'CRM1030'],
  ['a pattern of files of an unknown format', 'orders.json.gz', '"*.zip"', 'CRM1030'],
  [
    'a key that is about other files',
    'events/**/*.parquet"',
    'events/*.csv", { path: "a/*.csv", sheet: x }',
    'CRM4013',
  ],
])('%s is reported', (_, before, after, code) => {
  const files = [
    { path: 'crm.yaml', text: project },
    { path: 'data.crm.yaml', text: data.replace(before, after) },
  ];
  const { diagnostics } = loadProject(files);
  expect(diagnostics.map((one) => one.code)).toEqual([code]);
});
