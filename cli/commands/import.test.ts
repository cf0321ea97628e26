import { describe, expect, it, vi } from 'vitest';
import { testIo } from '../../test/io.ts';
import { cp1251, importFolder } from './import.fixture.ts';
import { importFiles } from './import.ts';

vi.setConfig({ testTimeout: 60_000 });

const { path, run, put, text, model } = importFolder();

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
    const io = testIo(path(), { terminal });
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
