import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useLanguage } from '../../spec/words/language.ts';
import { testIo } from '../../test/io.ts';
import { untranslated } from '../../test/untranslated.ts';
import { crm } from '../crm.ts';

// The screens of one project whose data are not clean, in both languages, on a narrow and on a wide terminal.

const project = `
project: { name: shop, timezone: Europe/Moscow, locale: ru, currency: RUB }
data:
  tolerance: 60%
  customers:
    from: customers.csv
    attributes:
      { name: { type: string, pii: true }, email: email, phone: phone, birthday: date, bonus: number, spent: money }
  events:
    cart_updated: { title: Корзина изменена, from: carts.csv, fields: { total: money, items: integer } }
    order_paid: { from: orders.csv, fields: { total: money } }
  consent: consent.csv
  suppressions: suppressions.csv
channels:
  email: { transport: file, directory: out, from: Магазин <shop@example.com> }
  sms: { transport: file, directory: out, price: 2.5 }
segments:
  buyers: { title: Покупатели, where: count(order_paid) > 0 }
campaigns:
  abandoned_cart:
    title: Брошенная корзина
    on: { event: cart_updated }
    goal: { event: order_paid, within: 7 days, value: event.total }
    steps: [{ wait: 2 hours }, { send: { email: cart } }, { wait: 1 day }, { send: { sms: cart } }]
  birthday:
    on: { date: birthday, every: year, leap_day: february 28, at: '10:00' }
    steps: [{ send: { email: cart } }]
`;

const files = {
  'crm.yaml': project,
  'templates/cart.email.hbs':
    '---\nsubject: Вы забыли товары\npreheader: Корзина ждёт\n---\n<p>{{customer.name}}, корзина ждёт.</p><a href="{{unsubscribe_url}}">x</a>',
  'templates/cart.sms.hbs': 'Корзина ждёт {{customer.name}}',
  'customers.csv': [
    'id,name,email,phone,birthday,bonus,spent,shoe size',
    'c1,Анна Иванова,anna@example.com,+79160000001,1990-05-01,1742.5,356.05,37',
    'c2,Ольга Петрова,olga@example.com,+79160000002,2031-05-01,12480,,',
    'c3,Иван Иванов,anna@example.com,+7916,1870-05-01,x,10,',
    'c4,Мария,not an address,,1990-31-31,5,,',
    'c5,,,,,,,',
    ',Никто,nobody@example.com,,,,,',
  ],
  'carts.csv': [
    'id,customer,at,total,items',
    'k1,c1,2026-03-02 09:00,1861.1,3',
    'k2,c2,2026-03-02 09:05,99,1',
    'k3,c3,2026-03-02 09:06,5,1',
    'k4,c4,2026-03-02 09:07,5,1',
    'k5,c2,2026-02-31 09:07,5,1',
  ],
  'orders.csv': [
    'customer,at,total',
    ...Array.from({ length: 12 }, (_, i) => `c1,2026-02-${String(i + 1).padStart(2, '0')} 10:00,${1000 * i + 0.5}`),
    'c1,2026-03-02 12:30,1861.1',
    'gone,2026-02-01 10:00,7',
  ],
  'consent.csv': [
    'customer,channel,status,at',
    'c1,email,granted,2026-01-01',
    'c1,sms,granted,2026-01-01',
    'c2,email,granted,2026-01-01',
    'c4,email,maybe,2026-01-01',
  ],
  'suppressions.csv': ['customer,channel,reason,at', 'c3,,complained,2026-01-02'],
};

const later = '2026-03-02T10:30:00Z';
const screens = [
  ['status'],
  ['customer', 'c1'],
  ['customer', 'Иван'],
  ['explain', 'c2'],
  ['explain', 'c3'],
  ['data', 'check'],
  ['segment', 'buyers'],
  ['segment', 'buyers', '--why', 'c2'],
  ['audience', 'abandoned_cart'],
  ['suppression', 'list'],
  ['preview', 'cart', '--customer', 'c1'],
  ['import', 'export.csv'],
  ['pause', 'birthday'],
  ['validate'],
];

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-screens-'));
  await mkdir(join(root, 'templates'));
  for (const [path, text] of Object.entries(files))
    await writeFile(join(root, path), typeof text === 'string' ? text : `${text.join('\n')}\n`);
  await writeFile(
    join(root, 'export.csv'),
    'Номер;Клиент;Дата заказа;Сумма\n1;c1;01.02.2026 10:00;2 197,00\n2;c2;31.02.2026 10:00;5,00\n3;c9;03.02.2026 10:00;\n',
  );
  const told = [await run('2026-03-02T05:00:00Z', 80, 'apply', '--auto-approve')];
  for (const at of ['2026-03-02T06:30:00Z', '2026-03-02T09:40:00Z']) told.push(await run(at, 80, 'tick'));
  told.push(await run('2026-03-02T09:45:00Z', 80, 'pause', 'birthday'));
  expect(told.map(({ code, err }) => (code === 0 ? '' : err))).toEqual(['', '', '', '']);
});
afterAll(() => rm(root, { recursive: true }));

async function run(at: string, width: number, ...words: string[]) {
  const view = { color: false, width };
  const io = testIo(root, { now: () => Date.parse(at), view, errorView: view });
  const code = await crm(words, io);
  useLanguage('en');
  return { code, ...io.said };
}

/** Standard error is tested separately. */
async function shown(language: string, width: number): Promise<string> {
  let all = '';
  for (const words of screens) {
    const { out } = await run(later, width, ...words, '--lang', language);
    all += `$ crm ${words.join(' ')}\n${out}\n`;
  }
  return all.replaceAll(/\b[0-9a-f]{12}\b/g, 'abcdef012345');
}

describe.each(['en', 'ru'])('in the language %s', (language) => {
  it.each([80, 120])('%i columns are enough for whole words', async (width) => {
    const views = await shown(language, width);
    await expect(views).toMatchFileSnapshot(`golden/screens-${language}-${width}.txt`);
    expect(views.split('\n').filter((line) => stringWidth(line) > width)).toEqual([]);
    if (language === 'ru') expect(untranslated(views.replaceAll(/^\$ .*$/gm, ''))).toEqual([]);
  });
});

it('the page of the data declares its language', async () => {
  const page = async (language: string) =>
    (await run(later, 80, 'data', 'check', '--format', 'html', '--lang', language)).out;
  expect(await page('en')).toMatch(/<html lang="en">[\s\S]*<h2>Rows that are lost<\/h2>/);
  const russian = await page('ru');
  expect(russian).toMatch(/<html lang="ru">[\s\S]*<h2>Потерянные строки<\/h2>/);
  const [, body = ''] = russian.split('<body>');
  expect(untranslated(body.replaceAll(/<[^>]*>/g, '\n').replaceAll('&quot;', '"'))).toEqual([]);
});

it('the answers of commands that change something are in Russian', async () => {
  const calls = [
    ['suppression', 'list'],
    ['suppression', 'add', 'c2', '--channel', 'sms'],
    ['suppression', 'add', 'c2', '--channel', 'sms'],
    ['suppression', 'add', 'anna@example.com'],
    ['suppression', 'add', 'anna@example.com'],
    ['suppression', 'add', 'new@example.com'],
    ['suppression', 'list', 'new@example.com'],
    ['suppression', 'list'],
    ['suppression', 'lift', 'anna@example.com'],
    ['suppression', 'lift', 'c2', '--channel', 'sms'],
    ['suppression', 'lift', 'new@example.com'],
    ['suppression', 'list', 'c2'],
    ['pause', 'birthday'],
    ['pause', '--channel', 'sms'],
    ['pause', '--all'],
    ['explain', 'c2'],
    ['resume', '--all'],
    ['resume', 'birthday'],
    ['pause', 'abandoned_cart'],
    ['resume', 'abandoned_cart'],
    ['erase', 'c4', '--auto-approve'],
    ['erase', 'c4', '--auto-approve'],
    ['erase', 'c1', '--auto-approve'],
    ['explain', 'c4'],
    ['customer', 'c3'],
    ['explain', 'c2'],
    ['status'],
  ];
  let all = '';
  for (const [minute, words] of calls.entries()) {
    const at = new Date(Date.parse(later) + minute * 60_000).toISOString();
    const { code, out, err } = await run(at, 80, ...words, '--lang', 'ru');
    expect(code, `${words.join(' ')}: ${err}`).toBe(0);
    expect(out).toMatch(/[а-яё]/);
    all += `$ crm ${words.join(' ')}\n${out}\n`;
  }
  all = all.replaceAll(/\b[0-9a-f]{12}\b/g, 'abcdef012345');
  await expect(all).toMatchFileSnapshot('golden/screens-ru-changes.txt');
  // Steps are in the words of the file.
  const views = all.replaceAll(/^\$ .*$|^ +дальше: .*$/gm, '');
  expect(views.split('\n').filter((line) => stringWidth(line) > 80)).toEqual([]);
  expect(untranslated(views)).toEqual([]);
});
