import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadProject } from '../../spec/load.ts';
import { testIo } from '../../test/io.ts';
import { rows, workbook } from '../../test/workbook.ts';
import { crm } from '../crm.ts';
import { readProject } from '../project.ts';
import { importFiles } from './import.ts';

vi.setConfig({ testTimeout: 60_000 });

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-import-'));
});
afterEach(() => rm(root, { recursive: true }));

async function run(...words: string[]) {
  const io = testIo(root, { now: () => Date.UTC(2026, 0, 15, 9), view: { color: false, width: 1000 } });
  const code = await crm(words, io);
  return { code, ...io.said };
}

async function put(path: string, content: string | Uint8Array) {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
}

async function writeParquet(path: string, query: string) {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`COPY (${query}) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
}

const text = (path = 'crm.yaml') => readFile(join(root, path), 'utf8');

async function model() {
  const read = loadProject(await readProject(root));
  expect(read.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  if (!read.model) throw new Error('the project has errors');
  return read.model;
}

/** The letters of Russian and ASCII. */
const cp1251 = (all: string) =>
  Uint8Array.from(all, (letter) => {
    const code = letter.codePointAt(0) ?? 0;
    if (code < 128) return code;
    if (letter === 'ё') return 0xb8;
    if (letter === 'Ё') return 0xa8;
    if (letter === '\u00a0') return 0xa0;
    return code - 0x410 + 0xc0;
  });

const clients = [
  'ID клиента;Имя;E-mail;Телефон;Дата рождения;Город;Согласие на рассылку;Дата согласия',
  '101;Анна;anna@shop.example;+7 999 123-45-61;08.03.1990;Москва;Да;01.02.2025',
  '102;Пётр;petr@shop.example;+7 999 123-45-62;31.12.1985;Казань;Нет;02.02.2025',
  '103;Ольга;olga@shop.example;+7 999 123-45-63;н/д;Тверь;Да;03.02.2025',
  '104;Иван;;+7 999 123-45-64;15.07.1979;Москва;Да;04.02.2025',
];
const orders = [
  'Номер заказа;Клиент;Дата;Сумма;Статус',
  '9001;101;05.11.2025;2\u00a0197,00;Выполнен',
  '9002;101;06.12.2025;150,50;Выполнен',
  '9003;102;20.12.2025;990,00;Отменён',
  '9004;103;24.12.2025;12\u00a0000,00;Оплачен',
  '9005;777;31.12.2025;10,00;Выполнен',
];

async function russianShop(...words: string[]) {
  await run('init', '.', ...words);
  await put('exports/clients.csv', cp1251(`${clients.join('\r\n')}\r\n`));
  await put('exports/orders.csv', cp1251(`${orders.join('\r\n')}\r\n`));
}

describe('the exports of a Russian shop', () => {
  it('are understood, declared, and load without loss', async () => {
    await russianShop('--template', 'empty', '--yaml');
    const { code, out, err } = await run('import', 'exports/clients.csv', 'exports/orders.csv', '--yes');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('3 (75.0%) are of customers');
    expect(out.match(/Nothing is lost/g)).toHaveLength(2);
    const { data } = await model();
    expect(data.customers).toEqual({
      sources: [
        {
          path: 'exports/clients.csv',
          encoding: 'windows-1251',
          delimiter: ';',
          dates: ['DD.MM.YYYY'],
          values: { 'н/д': '', Да: 'yes', Нет: 'no' },
          rename: {
            'ID клиента': 'id',
            Имя: 'name',
            'E-mail': 'email',
            Телефон: 'phone',
            'Дата рождения': 'birthday',
            Город: 'city',
          },
        },
      ],
      consent: { email: { column: 'Согласие на рассылку', at: 'Дата согласия' } },
      attributes: [
        { name: 'name', type: 'string', pii: true },
        { name: 'email', type: 'email', pii: true },
        { name: 'phone', type: 'phone', pii: true },
        { name: 'birthday', type: 'date', pii: true },
        { name: 'city', type: 'string', pii: false },
      ],
    });
    expect(data.events).toEqual([
      {
        name: 'order_paid',
        sources: [
          {
            path: 'exports/orders.csv',
            encoding: 'windows-1251',
            delimiter: ';',
            dates: ['DD.MM.YYYY'],
            decimal: ',',
            where: { Статус: ['Выполнен', 'Оплачен'] },
            rename: { 'Номер заказа': 'id', Клиент: 'customer', Дата: 'at', Сумма: 'total', Статус: 'status' },
          },
        ],
        fields: [
          { name: 'total', type: 'money', pii: false },
          { name: 'status', type: 'string', pii: false },
        ],
      },
    ]);
    expect(await run('validate')).toMatchObject({ code: 0 });
  });

  it('give a plan with the right numbers', async () => {
    await russianShop('--template', 'empty', '--yaml');
    await run('import', 'exports/clients.csv', 'exports/orders.csv', '--yes');
    await put(
      'campaigns/segments.crm.yaml',
      'segments:\n  buyers: { where: sum(order_paid.total) >= 2000 }\n  muscovites: { where: city == "Москва" }\n  march: { where: month(birthday) == 3 }\n',
    );
    const { code, out, err } = await run('plan', '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const plan = JSON.parse(out);
    const members = Object.fromEntries(
      plan.forecast.audiences.map(({ address, after }: { address: string; after: number }) => [address, after]),
    );
    // 2,197.00 + 150.50 of 101, and 12,000 of 103; the order of 102 is cancelled.
    expect(members).toEqual({ 'segment.buyers': 2, 'segment.march': 1, 'segment.muscovites': 2 });
  });

  it('are shown with their columns, and personal data only by its shape', async () => {
    await russianShop('--template', 'empty', '--yaml');
    const { out } = await run('import', 'exports/clients.csv');
    expect(out).not.toMatch(/Анна|anna@|123-45|08\.03/);
    expect(out).toMatch(/E-mail +email +email +xxxx@xxxx\.xxxxxxx/);
    expect(out).toMatch(/Город +city +string +Москва/);
    expect(out).toMatch(/Согласие на рассылку +consent: email/);
  });

  it('are taken under other names and as other kinds', async () => {
    await russianShop('--template', 'empty', '--yaml');
    const wishes = ['--name', 'Город=town', '--name', 'Телефон=', '--as', 'exports/orders.csv=bought'];
    await run('import', 'exports/clients.csv', 'exports/orders.csv', '--yes', ...wishes);
    const { data } = await model();
    expect(data.customers.attributes.map(({ name }) => name)).toEqual(['name', 'email', 'birthday', 'town']);
    expect(data.events.map(({ name, sources }) => [name, sources.length])).toEqual([
      ['bought', 1],
      ['order_paid', 0],
    ]);
  });
});

describe('amounts with a currency beside them', () => {
  const file = (...totals: string[]) =>
    ['Номер;Клиент;Дата;Сумма', ...totals.map((total, i) => `9${i};101;${10 + (i % 20)}.11.2025;${total}`), ''].join(
      '\n',
    );

  it('are amounts, and those in another currency are no silent ones', async () => {
    await run('init', '.', '--template', 'empty', '--yaml', '--currency', 'RUB');
    const roubles = Array.from({ length: 30 }, () => '1 299,50 руб.');
    await put('exports/orders.csv', file('100 руб.', '2 100,00 ₽', '50,25 RUB', '$12,50', ...roubles));
    const { code, out } = await run('import', 'exports/orders.csv', '--yes');
    expect(code).toBe(0);
    const { data } = await model();
    expect(data.events[0]?.fields).toMatchObject([{ name: 'total', type: 'money' }]);
    expect(out.replace(/\s+/g, ' ')).toContain('total "$12,50" is not in the project\'s currency, RUB');
  });

  it('report the currency of a project that has another', async () => {
    await run('init', '.', '--template', 'empty', '--yaml', '--currency', 'RUB');
    await put('exports/orders.csv', file('100 EUR', '5 EUR', '70 €'));
    const { out } = await run('import', 'exports/orders.csv', '--yes');
    expect(out.replace(/\s+/g, ' ')).toContain('amounts seem to be in EUR');
  });
});

describe('an import', () => {
  it('writes nothing where there is nobody to ask, and exits with 2', async () => {
    await russianShop('--template', 'empty', '--yaml');
    const before = await text();
    const { code, out, err } = await run('import', 'exports/clients.csv');
    expect(code).toBe(2);
    expect(out).toContain('exports/clients.csv: customers');
    expect(err).toContain('add --yes');
    expect(await text()).toBe(before);
  });

  it('asks on a terminal, and only a yes writes', async () => {
    await russianShop('--template', 'empty', '--yaml');
    const before = await text();
    const terminal = { stdin: true, stdout: true, stderr: true };
    const io = testIo(root, { terminal });
    const asked: string[] = [];
    const answer = (yes: boolean) => async (question: string) => {
      asked.push(question);
      return yes;
    };
    expect(await importFiles(io, ['exports/clients.csv'], {}, answer(false))).toBe(1);
    expect(await text()).toBe(before);
    expect(await importFiles(io, ['exports/clients.csv'], {}, answer(true))).toBe(0);
    expect(asked).toEqual(['Write this to crm.yaml?', 'Write this to crm.yaml?']);
    expect(await text()).not.toBe(before);
  });

  it('keeps what is declared, comments and order, and changes nothing the second time', async () => {
    await russianShop('--template', 'empty', '--yaml');
    const own = `# My shop.
project: { name: shop, timezone: Europe/Moscow, locale: ru, currency: RUB }
data:
  customers:
    from: old/clients.csv # of the old shop
    attributes:
      # The town.
      city: string
      birthday: string
`;
    await put('crm.yaml', own);
    const { out } = await run('import', 'exports/clients.csv', '--yes');
    expect(out).toContain('"Дата рождения" looks like date; the project declares birthday as string');
    const after = await text();
    for (const kept of ['# My shop.', '# of the old shop', '# The town.', 'birthday: string']) {
      expect(after).toContain(kept);
    }
    expect(after.indexOf('city: string')).toBeLessThan(after.indexOf('birthday: string'));
    expect((await model()).data.customers.sources.map(({ path }) => path)).toEqual([
      'old/clients.csv',
      'exports/clients.csv',
    ]);
    const again = await run('import', 'exports/clients.csv', '--yes');
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('declared already') });
    expect(await text()).toBe(after);
  });

  it.each(['yaml', 'dsl'])(
    'takes the invented customers out of a new project in %s, and names what they gave',
    async (surface) => {
      await russianShop('--template', 'welcome', `--${surface}`);
      const shown = await run('import', 'exports/clients.csv', 'exports/orders.csv', '--lang', 'ru');
      expect(shown.out).toContain('атрибут zone');
      expect(shown.out).toContain('событие registered');
      const { code, out } = await run('import', 'exports/clients.csv', 'exports/orders.csv', '--yes');
      expect(code).toBe(0);
      expect(out).toMatch(/Taken out of the project.*sample\/customers\.csv/);
      expect(out).toMatch(/event registered, used at campaigns\/welcome\.crm(\.yaml)?:\d+/);
      expect(out).toContain('attribute zone');
      const places = /event registered, used at (.*)/.exec(out)?.[1]?.split(', ') ?? [];
      expect(places, 'each place once').toEqual([...new Set(places)]);
      const { data, project } = await model();
      expect(data.customers.sources.map(({ path }) => path)).toEqual(['exports/clients.csv']);
      expect(data.consent).toEqual([]);
      expect(project.simulation.from).toBeUndefined();
      expect(await run('validate')).toMatchObject({ code: 0, err: '' });
      expect(await run('fmt', '--check')).toMatchObject({ code: 0 });
    },
  );

  it('takes registrations from customers, where the project asks for them and no file gives them', async () => {
    await russianShop('--template', 'welcome', '--yaml');
    await put(
      'people.csv',
      'id,email,registered_at\n1,a@shop.example,2025-03-04T10:00:00Z\n2,b@shop.example,2025-03-05T10:00:00Z\n',
    );
    const { out } = await run('import', 'people.csv', '--yes');
    expect(out).toContain('people.csv: events registered, by the dates of registration');
    expect(out).not.toContain('event registered, used');
    expect((await model()).data.events.find(({ name }) => name === 'registered')?.sources).toEqual([
      { path: 'people.csv', rename: { id: 'customer', registered_at: 'at' } },
    ]);
  });

  it('leaves sample files that were changed', async () => {
    await russianShop('--template', 'welcome', '--yaml');
    await put('sample/customers.csv', 'id,name\nc1,Ada\n');
    await run('import', 'exports/clients.csv', '--yes');
    expect((await model()).data.customers.sources.map(({ path }) => path)).toEqual([
      'sample/customers.csv',
      'exports/clients.csv',
    ]);
  });

  it('reports a column of personal data for an attribute that is not declared so', async () => {
    await run('init', '.', '--template', 'empty', '--yaml');
    const declared = (await text()).replace('{ type: string, pii: true }', 'string');
    await put('people.csv', 'id,First Name,birthday\n1,Ann,1990-01-31\n2,Bob,1991-02-28\n');
    const remark =
      '"First Name" seems to be personal data, and the project declares name without `pii: true`, which stays: its values may appear in plans, logs and error messages; write `name: { type: string, pii: true }` to keep them out';
    expect((await run('import', 'people.csv')).out).not.toContain('personal data');
    await put('crm.yaml', declared);
    const { out } = await run('import', 'people.csv', '--yes');
    expect(out).toContain(remark);
    expect(out).not.toContain('"birthday" seems');
    const { attributes } = (await model()).data.customers;
    expect(attributes.find(({ name }) => name === 'name')?.pii).toBe(false);
  });

  it('takes the empty date of 1C for an empty cell', async () => {
    await run('init', '.', '--template', 'empty', '--yaml');
    const days = Array.from({ length: 40 }, (_, i) => `u${i},u${i}@shop.example,${10 + (i % 18)}.05.1985`);
    await put('people.csv', `id,email,birthday\n${[...days, 'x,x@shop.example,01.01.0001'].join('\n')}\n`);
    const { out } = await run('import', 'people.csv', '--yes');
    expect(out).toContain('Nothing is lost');
    expect(await text()).toContain('01.01.0001');
  });

  it('counts the rows that take the place of an earlier one', async () => {
    await run('init', '.', '--template', 'empty', '--yaml');
    // More rows than the reader hands over at once.
    const lines = Array.from({ length: 12_000 }, (_, i) => `u${i},u${i}@shop.example`);
    const again = ['u11999,new@shop.example', 'u7,new7@shop.example', 'u7,newer7@shop.example'];
    await put('people.csv', `id,email\n${[...lines, ...again].join('\n')}\n`);
    const others = Array.from({ length: 400 }, (_, i) => `p${i},u${i},2025-11-05,5`);
    const orders = ['o2,u2,2025-11-06,6', 'o2,u2,2025-11-06,7', 'o2,u3,2025-11-06,7', ...others];
    await put('orders.csv', `order number,customer,date,total\n${orders.join('\n')}\n`);
    const { out } = await run('import', 'people.csv', 'orders.csv');
    expect(out).toContain(
      '12,003 rows\n  Rows with the id of an earlier row, in whose place they count: 3 (people.csv:12002, people.csv:12003, people.csv:12004)\n  Nothing else is lost',
    );
    expect(out).toContain(
      '403 rows\n  Rows with the id and the customer of an earlier row, in whose place they count: 1\n',
    );
  });

  it('lists the losses by cause, with three places, rows before values', async () => {
    await run('init', '.', '--template', 'empty', '--yaml');
    const lines = Array.from(
      { length: 100 },
      (_, i) => `${i + 1},a${i}@shop.example,${i < 4 ? '31.02.1990' : '01.02.1990'}`,
    );
    await put('clients.csv', ['id,email,birthday', ...lines, ',x@shop.example,01.02.1990'].join('\n').concat('\n'));
    const { out } = await run('import', 'clients.csv');
    const at = out.slice(out.indexOf('Lost:'));
    expect(at).toContain('Lost: 1 row and 4 values');
    expect(at.indexOf('1 row: id is missing')).toBeLessThan(at.indexOf('4 values: birthday'));
    expect(at).toContain('(clients.csv:2, clients.csv:3, clients.csv:4)');
  });

  it('reports ambiguity, and the reason for the guess', async () => {
    await run('init', '.', '--template', 'empty', '--yaml');
    await put('orders.csv', 'order number,customer id,date,total\n1,7,03/04/2025,5.00\n2,8,05/06/2025,6.00\n');
    const { out } = await run('import', 'orders.csv', '--yes');
    expect(out).toContain(
      '03/04/2025 may be either order: read as DD/MM/YYYY, because most countries have the day first',
    );
    await run('init', 'us', '--template', 'empty', '--yaml');
    await put('us/crm.yaml', (await text('us/crm.yaml')).replace(/currency: \w+/, 'currency: USD'));
    await put('us/orders.csv', await text('orders.csv'));
    const american = await run('import', '-p', 'us', 'us/orders.csv', '--yes');
    expect(american.out).toContain('read as MM/DD/YYYY, because the project is American');
  });

  it('refuses what it does not understand', async () => {
    await run('init', '.', '--template', 'empty', '--yaml');
    await put('x.csv', 'a,b\n1,2\n');
    expect(await run('import', 'none.csv')).toMatchObject({ code: 1, err: expect.stringContaining('does not exist') });
    expect(await run('import', 'x.csv')).toMatchObject({ code: 1, out: expect.stringContaining('--as') });
    expect(await run('import', 'x.csv', '--as', 'y.csv=customers')).toMatchObject({ code: 1 });
    expect(await run('import', 'x.csv', '--name', 'a=день')).toMatchObject({ code: 1 });
  });

  it('reports everything as JSON', async () => {
    await russianShop('--template', 'empty', '--yaml');
    const { code, out } = await run('import', 'exports/orders.csv', '--json');
    expect(code).toBe(2);
    const { written, files, changes } = JSON.parse(out);
    expect({ written, kinds: files.map(({ kind, event }: { kind: string; event: string }) => [kind, event]) }).toEqual({
      written: false,
      kinds: [['events', 'order_paid']],
    });
    expect(files[0].checked).toMatchObject({ rows: 4, leftOut: 1, lost: 0 });
    expect(changes.map(({ path }: { path: string }) => path)).toEqual(['crm.yaml']);
  });
});

describe('other files', () => {
  beforeEach(() => run('init', '.', '--template', 'empty', '--yaml'));

  it('of an American shop refer to customers by e-mail, where only that joins', async () => {
    await put(
      'customers.csv',
      'Customer ID,First Name,Email Address,Date of Birth,Accepts Marketing\nC1,Ann,ann@shop.example,12/31/1990,yes\nC2,Bob,bob@shop.example,1/2/1985,no\n',
    );
    await put(
      'orders.csv',
      'Order Number,Email,Order Date,Total,Status\n1,Ann@Shop.example,3/4/2025 1:15 PM,"$1,013.50",completed\n2,bob@shop.example,3/5/2025 9:05 AM,$20.00,cancelled\n',
    );
    const { out } = await run('import', 'customers.csv', 'orders.csv', '--yes');
    expect(out).toContain('customers are known by "Email Address"');
    expect(out).toContain('because "Date of Birth" of another file has the month first');
    const { data } = await model();
    expect(data.customers.sources[0]?.rename['Email Address']).toEqual(['id', 'email']);
    expect(data.customers.sources[0]?.ids).toBe('email');
    expect(out).toContain('All are of customers');
    expect(data.events[0]?.sources[0]).toMatchObject({
      dates: ['M/D/YYYY h:mm A'],
      decimal: '.',
      where: { Status: ['completed'] },
      rename: { Email: 'customer', 'Order Date': 'at' },
      ids: 'email',
    });
  });

  it('in JSON have paths and lists; orders within customers are events by themselves', async () => {
    const people = [
      { id: 1, contact: { email: 'a@shop.example' }, orders: [{ id: 'o1', date: '2025-03-01', total: 10.5 }] },
      { id: 2, contact: { email: 'b@shop.example' }, orders: [] },
    ];
    await put('people.json', JSON.stringify(people));
    const { out } = await run('import', 'people.json', '--yes');
    expect(out.match(/Nothing is lost/g)).toHaveLength(2);
    const { data } = await model();
    expect(data.customers.sources[0]).toEqual({ path: 'people.json', rename: { 'contact.email': 'email' } });
    expect(data.events[0]).toMatchObject({
      name: 'order_paid',
      sources: [
        {
          path: 'people.json',
          each: 'orders',
          rename: { id: 'customer', 'orders.id': 'id', 'orders.date': 'at', 'orders.total': 'total' },
        },
      ],
    });
  });

  it('in JSON lines have times in seconds and lists of items', async () => {
    const cart = (n: number) => ({
      customerId: n,
      updatedAt: 1735689600 + n,
      total: 12.5,
      items: [{ name: 'Tea', price: 1.5 }],
    });
    await put('carts.jsonl', [cart(1), cart(2)].map((one) => `${JSON.stringify(one)}\n`).join(''));
    expect((await run('import', 'carts.jsonl', '--yes')).out).toContain('Nothing is lost');
    expect((await model()).data.events[0]).toMatchObject({
      name: 'cart_updated',
      sources: [{ rename: { customerId: 'customer', updatedAt: 'at' }, fields: { at: { dates: ['epoch seconds'] } } }],
      fields: [
        { name: 'total', type: 'money' },
        { name: 'items', type: 'list', items: [{ name: 'name' }, { name: 'price', type: 'money' }] },
      ],
    });
  });

  it.each(['txt', 'csv', 'tsv'])('of Excel, in UTF-16 with tabs, end with .%s', async (ending) => {
    const lines = [
      'Код\tФИО\tПочта\tДата рождения',
      '007\tИванов Иван\ti@shop.example\t5.11.1980',
      '008\tКим Ян\tk@shop.example\t15.1.1981',
    ];
    await put(`clients.${ending}`, Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`, 'utf16le'));
    expect((await run('import', `clients.${ending}`, '--yes')).out).toContain('Nothing is lost');
    expect((await model()).data.customers.sources[0]).toMatchObject({
      delimiter: '\t',
      dates: ['D.M.YYYY'],
      rename: { Код: 'id', ФИО: 'full_name', Почта: 'email', 'Дата рождения': 'birthday' },
    });
  });

  it('of consent and suppressions have their words translated', async () => {
    await put('согласия.csv', 'Клиент;Канал;Статус;Дата\n1;СМС;Подписан;01.02.2025\n2;Почта;Отписан;15.02.2025\n');
    await put('blacklist.csv', 'customer,channel,reason,date\n3,email,complained,2025-01-02\n');
    expect((await run('import', 'согласия.csv', 'blacklist.csv', '--yes')).out.match(/Nothing is lost/g)).toHaveLength(
      2,
    );
    const { data } = await model();
    expect(data.consent[0]).toMatchObject({
      rename: { Клиент: 'customer', Канал: 'channel', Статус: 'status', Дата: 'at' },
      values: { Подписан: 'granted', Отписан: 'withdrawn', СМС: 'sms', Почта: 'email' },
    });
    expect(data.suppressions).toMatchObject([{ path: 'blacklist.csv', rename: { date: 'at' } }]);
  });

  it('of Excel are workbooks, with real dates and numbers', async () => {
    const text = (cell: string) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`;
    const header = ['ID клиента', 'Почта', 'Дата рождения', 'Сумма покупок'].map(text).join('');
    // 32,874 days after the beginning of 1900, as Excel counts them.
    const row = (n: number) =>
      `<row><c><v>${n}</v></c>${text(`u${n}@shop.example`)}<c s="1"><v>32874</v></c><c><v>${n}.5</v></c></row>`;
    await put('clients.xlsx', workbook([{ name: 'Лист1', rows: `<row>${header}</row>${row(1)}${row(2)}` }]));
    expect((await run('import', 'clients.xlsx', '--yes')).out).toContain('Nothing is lost');
    const { customers } = (await model()).data;
    expect(customers.attributes.slice(2).map(({ name, type }) => [name, type])).toEqual([
      ['birthday', 'date'],
      ['total_spent', 'money'],
    ]);
    expect(customers.sources[0]?.rename['ID клиента']).toBe('id');
  });

  describe('of Excel with several sheets', () => {
    const sheet = (...list: (string | number)[][]) => rows(...list);
    const clients = sheet(
      ['ID клиента', 'Имя', 'Почта', 'Город'],
      ['u1', 'Анна', 'anna@shop.example', 'Тверь'],
      ['u2', 'Пётр', 'petr@shop.example', 'Псков'],
    );
    const orders = sheet(
      ['Номер заказа', 'Клиент', 'Дата', 'Сумма'],
      ['9001', 'u1', '2025-11-05', 2197],
      ['9002', 'u1', '2025-12-06', 150.5],
    );
    const notes = sheet(['Заметка'], ['позвонить'], ['написать']);
    const book = () =>
      put(
        'shop.xlsx',
        workbook([
          { name: 'Клиенты', rows: clients },
          { name: 'Пусто', rows: '' },
          { name: 'Заказы', rows: orders },
          { name: 'Заметки', rows: notes },
          { name: 'Старые', rows: orders, state: 'hidden' },
        ]),
      );

    it('are a source for each sheet with known contents; the others are named', async () => {
      await book();
      const { code, out } = await run('import', 'shop.xlsx', '--yes');
      expect(code).toBe(0);
      expect(out).toContain('shop.xlsx, sheet "Клиенты": customers');
      expect(out).toContain('shop.xlsx, sheet "Заказы": events order_paid');
      expect(out).toContain('2 rows\n  All are of customers');
      expect(out).toMatch(/Not imported\n {2}shop.xlsx, sheet "Заметки": nothing tells what it holds/);
      expect(out).not.toMatch(/Пусто|Старые/);
      const { data } = await model();
      expect(data.customers.sources.map(({ path, sheet }) => [path, sheet])).toEqual([['shop.xlsx', 'Клиенты']]);
      expect(data.events[0]?.sources.map(({ path, sheet }) => [path, sheet])).toEqual([['shop.xlsx', 'Заказы']]);
      expect((await run('validate')).code).toBe(0);
      const again = await run('import', 'shop.xlsx', '--yes');
      expect(again.out.match(/is declared already/g)).toHaveLength(2);
    });

    it('are imported by the sheets that --sheet names, and take --as by sheet', async () => {
      await book();
      const only = await run('import', 'shop.xlsx', '--sheet', 'заказы', '--as', 'shop.xlsx#ЗАКАЗЫ=bought', '--yes');
      expect(only.out).not.toContain('Клиенты');
      const { data } = await model();
      expect(data.events.find(({ name }) => name === 'bought')?.sources).toMatchObject([{ sheet: 'Заказы' }]);
      const none = await run('import', 'shop.xlsx', '--sheet', 'Счета', '--yes');
      expect(none.code).toBe(1);
      expect(none.err).toContain('It has "Клиенты", "Заказы", "Заметки".');
    });

    it('are read from the sheet with rows where the first has none', async () => {
      await put(
        'late.xlsx',
        workbook([
          { name: 'Пусто', rows: '' },
          { name: 'Клиенты', rows: clients },
        ]),
      );
      expect((await run('import', 'late.xlsx', '--yes')).out).toContain('Nothing is lost');
      expect((await model()).data.customers.sources[0]?.sheet).toBe('Клиенты');
    });
  });

  it('of Parquet have lists and types of their own', async () => {
    await put('clients.csv', 'id,email\nu1,anna@shop.example\nu2,petr@shop.example\n');
    await writeParquet(
      join(root, 'orders.parquet'),
      "SELECT 'o' || i AS id, 'u' || (1 + i % 2) AS customer, TIMESTAMPTZ '2025-11-05 10:00:00Z' + INTERVAL (i) DAY AS created_at, CAST(100.5 * i AS DECIMAL(10,2)) AS total, [{'sku': 'a', 'quantity': i}] AS items FROM range(1, 21) t(i)",
    );
    const { code, out } = await run('import', 'clients.csv', 'orders.parquet', '--yes');
    expect(code).toBe(0);
    expect(out).toContain('20 rows\n  All are of customers');
    expect(out.match(/Nothing is lost/g)).toHaveLength(2);
    const [orders] = (await model()).data.events;
    expect(orders?.name).toBe('order_paid');
    expect(orders?.sources).toEqual([{ path: 'orders.parquet', rename: { created_at: 'at' } }]);
    expect(orders?.fields).toEqual([
      { name: 'total', type: 'money', pii: false },
      {
        name: 'items',
        type: 'list',
        pii: false,
        items: [
          { name: 'sku', type: 'string', pii: false },
          { name: 'quantity', type: 'integer', pii: false },
        ],
      },
    ]);
  });

  it('of 1C-Bitrix, as its list of orders is exported in Windows-1251, are described whole', async () => {
    await put('crm.yaml', (await text()).replace(/currency: \w+/, 'currency: RUB'));
    const fixture = new URL('../../test/presets/exports/bitrix-orders-csv.csv', import.meta.url);
    const decoded = new TextDecoder('windows-1251').decode(await readFile(fixture));
    await put('data.csv', cp1251(decoded.replaceAll('","', '";"').replaceAll(',,', ';;')));
    const { code, out } = await run('import', 'data.csv', '--yes');
    expect(code).toBe(0);
    expect(out.replace(/\s+/g, ' ')).toContain('the preset bitrix-orders-csv describes them');
    expect(await text()).toMatch(/preset: bitrix-orders-csv/);
    expect(await text()).toMatch(/encoding: windows-1251/);
    const { data } = await model();
    expect(data.events[0]?.sources[0]).toMatchObject({ where: { Отменен: ['Нет*'] }, encoding: 'windows-1251' });
    // One of the seven orders is cancelled, one has no customer, one is a guest's, and one is in euros.
    expect(out).toMatch(/4 rows, 2 left out/);
    expect(out).toContain('Lost: 1 row and 1 value');
    expect(out).not.toMatch(/Соколова|гость/);
  });

  it('of well-known programs are described by their presets, as Parquet too', async () => {
    const columns = ['Name', 'Email', 'Financial Status', 'Created at', 'Cancelled at', 'Lineitem name', 'Id', 'Total'];
    const values = ['#1', 'Anna@shop.example', 'paid', '2025-11-05 10:00:00 +0100', '', 'Mug', '55', '10.50'];
    const list = [...columns, 'Currency'].map((name, i) => `'${values[i] ?? 'EUR'}' AS "${name}"`);
    await writeParquet(join(root, 'orders.parquet'), `SELECT ${list.join(', ')}`);
    const { code, out } = await run('import', 'orders.parquet', '--yes');
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('1 row') });
    expect(await text()).toContain('preset: shopify-orders');
    expect((await run('validate')).code).toBe(0);
  });

  it('of well-known programs are described by their presets', async () => {
    const exports = join(import.meta.dirname, '../../test/presets/exports');
    for (const name of ['shopify-customers.csv', 'shopify-orders.csv', 'retailcrm-orders.json'])
      await put(name, await readFile(join(exports, name)));
    const { code, out } = await run('import', 'shopify-customers.csv', 'shopify-orders.csv', '--yes');
    expect(code).toBe(0);
    expect(out).toContain('the preset shopify-customers describes them');
    expect(out).toMatch(/Email +id, email +email/);
    const { data } = await model();
    expect(data.customers.sources).toMatchObject([
      { path: 'shopify-customers.csv', rename: { Email: ['id', 'email'], 'Default Address City': ['city'] } },
    ]);
    expect(data.customers.attributes.map(({ name }) => name)).toContain('orders_count');
    expect(data.events[0]).toMatchObject({ name: 'order_paid', sources: [{ path: 'shopify-orders.csv' }] });
    expect(await text()).toContain('{ path: shopify-customers.csv, preset: shopify-customers }');
    expect(await run('import', 'retailcrm-orders.json', '--json')).toMatchObject({ code: 2, err: expect.any(String) });
  });
});
