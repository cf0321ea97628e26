import { expect, test } from 'vitest';
import { loadProject } from '../load.ts';

const project = 'project: { name: shop, timezone: Europe/Moscow, locale: ru, currency: RUB }\n';

function found(data: string): string[] {
  const { diagnostics } = loadProject([{ path: 'crm.yaml', text: `${project}${data}` }]);
  return diagnostics.map(({ code, message, range }) => `${code} ${range?.start.line} ${message}`);
}

test('a key without a meaning for such a file is reported where it is written', () => {
  const data = `data:
  customers:
    from: { path: a.xlsx, encoding: utf-8, delimiter: ";", each: rows, sheet: People }
    attributes: { email: email }
  events:
    bought:
      from:
        - plain.csv
        - { path: b.csv, each: lines, sheet: Orders, delimiter: tab, encoding: utf-8 }
        - { path: c.json.gz, delimiter: "|", encoding: utf-8, each: lines }
      fields: { total: money }
  consent: [{ path: d.parquet, encoding: utf-8, delimiter: ",", sheet: X, each: lines }]
  suppressions: { from: { path: e.txt, delimiter: ";", sheet: Stop } }
segments:
  list: { static: true, from: { path: f.JSONL, sheet: VIP } }
`;
  const no = (key: string, ending: string) => `\`${key}\` has no effect on a ${ending} file`;
  expect(found(data)).toEqual([
    `CRM4013 4 ${no('encoding', '.xlsx')}`,
    `CRM4013 4 ${no('delimiter', '.xlsx')}`,
    `CRM4013 4 ${no('each', '.xlsx')}`,
    `CRM4013 10 ${no('each', '.csv')}`,
    `CRM4013 10 ${no('sheet', '.csv')}`,
    `CRM4013 11 ${no('delimiter', '.json')}`,
    `CRM4013 13 ${no('encoding', '.parquet')}`,
    `CRM4013 13 ${no('delimiter', '.parquet')}`,
    `CRM4013 13 ${no('sheet', '.parquet')}`,
    `CRM4013 14 ${no('sheet', '.txt')}`,
    `CRM4013 16 ${no('sheet', '.jsonl')}`,
  ]);
});
