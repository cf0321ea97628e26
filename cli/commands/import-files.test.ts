import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { rows, workbook } from '../../test/workbook.ts';
import { cp1251, importFolder } from './import.fixture.ts';

vi.setConfig({ testTimeout: 60_000 });

const { path, run, put, text, model } = importFolder();

async function writeParquet(path: string, query: string) {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`COPY (${query}) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
}

describe('files', () => {
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
      path('orders.parquet'),
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
    await writeParquet(path('orders.parquet'), `SELECT ${list.join(', ')}`);
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
