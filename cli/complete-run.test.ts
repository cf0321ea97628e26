import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { customers, mailChannel, oneMessage, type Shop } from '../test/trials/shop.ts';
import { Bench } from '../test/trials/trial.ts';
import { storedRows } from '../test/trials/verdict.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let bench: Bench;
let shop: Shop;
beforeEach(async () => {
  bench = new Bench(1, false);
  shop = await bench.shop(parts({}));
});
afterEach(() => bench.close());

const parts = (data: object) => ({
  channels: { email: mailChannel('smtp://127.0.0.1:1') },
  campaigns: { receipt: oneMessage('email', { category: 'transactional' }) },
  customers: { complete: true },
  data,
});
const named = (count: number) =>
  shop.put(
    'customers.csv',
    `id,name,email\n${customers(count)
      .map((id) => `${id},Customer,${id}@example.com\n`)
      .join('')}`,
  );
const removed = () => storedRows(shop.root, 'SELECT customer FROM removed_customer');

it('a tolerance that is applied while `crm run` runs has the file judged again, which has not changed', async () => {
  await shop.must('apply', '--auto-approve');
  await named(20);
  const run = shop.start('run');
  await run.says(/"msg":"tick"/);
  await named(12);
  await run.says(/waits: a data file/);
  const { code, err } = await shop.run('plan');
  expect(code).toBe(3);
  expect(err).toContain('They are 8 of 20, more than `data.tolerance` (5%).');
  expect(err).toContain('apply a `data.tolerance` of 40%.');
  await shop.write(parts({ tolerance: '40%' }));
  await shop.must('apply', '--auto-approve');
  await run.says(/goes on: the data file/);
  expect(await run.end()).toMatchObject({ code: 0 });
  expect(await removed()).toHaveLength(8);
});

it('`--allow-bad-data` removes whom no file names any more in a `crm run`, and not in `plan` and `apply`', async () => {
  await shop.must('apply', '--auto-approve');
  await named(20);
  await shop.must('tick');
  await named(12);
  const { code, err } = await shop.run('run');
  expect(code).toBe(3);
  expect(err).toContain('`plan` and `apply` remove nobody.');
  await shop.write(parts({ tolerance: '6%' }));
  await shop.must('apply', '--auto-approve', '--allow-bad-data');
  expect(await removed()).toEqual([]);
  const run = shop.start('run', '--allow-bad-data');
  await run.says(/"msg":"tick"/);
  expect(await run.end()).toMatchObject({ code: 0 });
  expect(await removed()).toHaveLength(8);
});

it('rows that cannot be read are named by `crm run`, `crm status` and `crm explain`, and so is whom `crm run` removes', async () => {
  await shop.must('apply', '--auto-approve');
  await named(20);
  const run = shop.start('run');
  await run.says(/"msg":"tick"/);
  const rows = customers(20).map((id, nth) =>
    Buffer.from(`${id},Müller,${id}@example.com\n`, nth < 8 ? 'latin1' : 'utf8'),
  );
  await shop.put('customers.csv', Buffer.concat([Buffer.from('id,name,email\n'), ...rows]));
  const words = '8 of 20 rows cannot be read; customers whom it named and no row that can be read names now: 8';
  await run.says(new RegExp(`"why":"${words}"`));
  for (const command of [['status'], ['explain', customers(20)[19] ?? '']])
    expect((await shop.must(...command)).replaceAll(/\n +/g, ' '), command[0]).toContain(words);
  expect(await run.end()).toMatchObject({ code: 0 });
  const allowed = shop.start('run', '--allow-bad-data');
  await allowed.says(
    /"customers":8,"journeys":0,"unread":\[\{"path":"customers.csv","rows":8\}\],"msg":"customers removed, who are in no file of customers any more"/,
  );
  expect(await allowed.end()).toMatchObject({ code: 0 });
});
