import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openStore } from '../../engine/store/open.ts';
import { useLanguage } from '../../spec/words/language.ts';
import { testIo } from '../../test/io.ts';
import { untranslated } from '../../test/untranslated.ts';
import { crm } from '../crm.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const start = Date.UTC(2026, 2, 2, 6);
const hour = 3_600_000;
const day = 24 * hour;
const customers = Array.from({ length: 60 }, (_, i) => `c${i}`);
let root: string;

async function run(words: string[], at: number, width = 100) {
  const view = { color: false, width };
  const io = testIo(root, { now: () => at, view, errorView: view });
  const code = await crm(words, io);
  useLanguage('en');
  return { code, ...io.said };
}

const cart = (more: string) => `
project: { name: shop, timezone: Europe/Moscow, locale: ru, currency: RUB, tick: 1 hour }
data:
  customers: { from: customers.csv, attributes: { phone: phone, email: email } }
  events:
    cart_updated: { from: carts.csv, fields: { total: money } }
    order_paid: { from: orders.csv, fields: { total: money } }
  consent: consent.csv
  feedback: feedback.csv
channels:
  email: { transport: file, directory: out, from: Shop <shop@example.com>, price: 0.25 }
  sms: { transport: file, directory: out, price: 2.5 }
holdouts:
  quiet: { share: 0.01% }
campaigns:
  cart:
    on: { event: cart_updated }
    goal: { event: order_paid, within: 3 days, value: event.total }
    reenter: always
    steps:
      - split:
          id: offer
          arms:
            control: { share: 30% }
            plain: { share: 70%, steps: [{ id: hello, send: { email: cart } }, { wait: 1 day }, { id: again, send: { sms: cart } }] }
${more}`;

const silent = `  silent:
    on: { event: order_paid }
    reenter: always
    steps: [{ wait: 1 day }]
`;

const at = (i: number, hours = 0) => new Date(start + (i % 3) * day + i * 60_000 + hours * hour).toISOString();

async function write(name: string, rows: string[]): Promise<void> {
  await writeFile(join(root, name), `${rows.join('\n')}\n`);
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-report-'));
  await mkdir(join(root, 'templates'));
  await writeFile(
    join(root, 'templates/cart.email.hbs'),
    '---\nsubject: Cart\npreheader: Cart\n---\n<a href="{{unsubscribe_url}}">x</a>',
  );
  await writeFile(join(root, 'templates/cart.sms.hbs'), 'Cart\n');
  const phone = (i: number) => `+7916000${String(i).padStart(4, '0')}`;
  await write('customers.csv', ['id,phone,email', ...customers.map((id, i) => `${id},${phone(i)},${id}@example.com`)]);
  await write('consent.csv', [
    'customer,channel,status,at',
    ...customers.map((id) => `${id},email,granted,2026-01-01T00:00:00Z`),
    ...customers.filter((_, i) => i % 2 === 0).map((id) => `${id},sms,granted,2026-01-01T00:00:00Z`),
  ]);
  await write('carts.csv', ['id,customer,at,total', ...customers.map((id, i) => `k${i},${id},${at(i)},100`)]);
  await write('orders.csv', [
    'id,customer,at,total',
    ...customers.flatMap((id, i) => (i % 4 === 0 ? [`o${i},${id},${at(i, 20)},${100 + i}.5`] : [])),
  ]);
  await write('feedback.csv', ['message,kind,at']);
  await writeFile(join(root, 'crm.yaml'), cart(silent));
});
afterAll(() => rm(root, { recursive: true }));

describe('crm report', () => {
  it('says that nothing was applied, and that nobody has entered', async () => {
    expect(await run(['report'], start)).toMatchObject({
      code: 1,
      err: expect.stringContaining('nothing has been applied'),
    });
    const applied = await run(['apply', '--auto-approve'], start - day);
    expect(applied).toMatchObject({ code: 0 });
    expect((await run(['report', 'cart'], start)).out).toContain('Nobody has entered yet.');
  });

  it('shows all campaigns, and one by version, arm, step and day', async () => {
    for (let hours = 0; hours <= 84; hours += 4)
      expect(await run(['tick'], start + hours * hour)).toMatchObject({ code: 0 });
    await hear();
    expect(await run(['tick'], start + 88 * hour)).toMatchObject({ code: 0 });
    await writeFile(join(root, 'crm.yaml'), cart(''));
    expect(await run(['apply', '--auto-approve', '--allow', 'campaign.silent'], start + 90 * hour)).toMatchObject({
      code: 0,
    });
    for (const [name, words] of [
      ['all', []],
      ['one', ['cart']],
    ] as const)
      for (const width of [80, 120])
        for (const language of ['en', 'ru']) {
          const shown = await run(['report', ...words, '--lang', language], start + 91 * hour, width);
          expect(shown).toMatchObject({ code: 0, err: '' });
          await expect(shown.out).toMatchFileSnapshot(`../views/golden/report-${name}.${language}.${width}.txt`);
          for (const line of shown.out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(width);
          if (language === 'ru') expect(untranslated(shown.out), shown.out).toEqual([]);
        }
  });

  it('is one JSON value that follows its schema', async () => {
    const validate = await validator();
    const shown = JSON.parse((await run(['report', '--json'], start + 91 * hour)).out);
    validate(shown);
    expect(validate.errors ?? []).toEqual([]);
    expect(shown.campaigns.map(({ campaign, removed }: Record<string, unknown>) => ({ campaign, removed }))).toEqual([
      { campaign: 'cart', removed: false },
      { campaign: 'silent', removed: true },
    ]);
    expect(validate({ ...shown, format: 0 })).toBe(false);
    expect(JSON.stringify(shown), 'personal data').not.toMatch(/@example|\+7916|"c\d/);
  });

  it('is a page without scripts, Markdown, and cells that add up', async () => {
    const at = start + 91 * hour;
    const page = await run(['report', '--format', 'html'], at);
    expect(page.out).toMatch(/^<!doctype html>[\s\S]*<details open><summary>cart<\/summary>[\s\S]*<svg class="chart"/);
    expect(page.out).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
    const russian = (await run(['report', 'cart', '--format', 'html', '--lang', 'ru'], at)).out;
    const [, body = ''] = russian.split('<body>');
    expect(untranslated(body.replaceAll(/<[^>]*>/g, '\n').replaceAll('&quot;', '"'))).toEqual([]);
    const markdown = await run(['report', 'cart', '--format', 'markdown'], at);
    await expect(markdown.out).toMatchFileSnapshot('../views/golden/report-one.md');
    const csv = (await run(['report', 'cart', '--format', 'csv'], at)).out.split('\r\n').map((row) => row.split(','));
    const [names = [], ...rows] = csv;
    const sum = (name: string) => rows.reduce((all, row) => all + Number(row[names.indexOf(name)] ?? 0), 0);
    expect({ entered: sum('entered'), sent: sum('sent'), revenue: sum('revenue') }).toEqual({
      entered: 60,
      sent: 54,
      revenue: 1927.5,
    });
  });

  it('lists the customers behind the figures in a file of the user alone', async () => {
    const file = join(root, 'behind.csv');
    const shown = await run(['report', 'cart', '--customers', 'behind.csv'], start + 91 * hour);
    expect(shown).toMatchObject({
      code: 0,
      err: expect.stringContaining('139 rows with the customers behind the figures: behind.csv'),
    });
    expect(shown.out).not.toMatch(/\bc\d/);
    expect(((await stat(file)).mode & 0o777).toString(8)).toBe('600');
    const [names = '', ...rows] = (await readFile(file, 'utf8')).trim().split('\r\n');
    const column = names.replace(/^\uFEFF/, '').split(',');
    const cells = rows.map((row) => Object.fromEntries(row.split(',').map((cell, i) => [column[i], cell])));
    const who = (has: (cell: Record<string, string>) => boolean) =>
      new Set(cells.filter(has).map(({ customer }) => customer));
    expect(who(({ step }) => step === '').size, 'entered').toBe(60);
    expect(who(({ step, feedback }) => step === 'hello' && /clicked/.test(feedback ?? '')).size, 'clicked').toBe(9);
    expect(who(({ arm, goalAt }) => arm === 'control' && goalAt !== '').size, 'reached the goal in the control').toBe(
      4,
    );
    expect(who(({ reason }) => reason === 'no-consent').size, 'refused').toBe(25);
  });

  it('is told for a single customer by crm explain and crm customer', async () => {
    const seen = new Set<boolean>();
    for (const id of ['c0', 'c4', 'c8', 'c12']) {
      const told = (await run(['explain', id], start + 91 * hour)).out;
      const inControl = told.includes('arm control');
      seen.add(inControl);
      expect(
        /email cart: sent \(hello\); it gets ₽\d+\.50 of order_paid/.test(told.replaceAll(/\s+/g, ' ')),
        told,
      ).toBe(!inControl);
      expect((await run(['customer', id], start + 91 * hour)).out.includes('it gets')).toBe(!inControl);
    }
    expect([...seen].sort(), 'both kinds of arms').toEqual([false, true]);
  });

  it('has the same figures for a simulation, and names no winner', async () => {
    const words = ['simulate', '--from', '2026-03-01', '--days', '5'];
    const shown = await run([...words, '--report', 'cart'], start, 80);
    expect(shown).toMatchObject({ code: 0, err: '' });
    await expect(shown.out).toMatchFileSnapshot('../views/golden/report-simulated.txt');
    const { err, out } = await run([...words, '--report', '--json'], start);
    expect(err).toBe('');
    const made = JSON.parse(out);
    expect((await validator())(made)).toBe(true);
    expect(made).toMatchObject({
      simulated: true,
      attribution: [],
      campaigns: [{ campaign: 'cart', experiments: [] }],
    });
    expect(made.total.enrolments).toMatchObject({ entered: 60, converted: 15 });
    expect(await run([...words, '--report', 'carts'], start)).toMatchObject({ code: 1 });
  });

  it('shows nothing of other days, and says when the last entry was', async () => {
    const later = await run(['report', 'cart'], start + 60 * day);
    expect(later.out).toContain('The last time was 2026-03-05 13:00: choose an earlier --from.');
    const one = await run(
      ['report', 'cart', '--from', '2026-03-02T09:00', '--to', '2026-03-02T09:01', '--json'],
      start + 60 * day,
    );
    expect(JSON.parse(one.out).campaigns).toMatchObject([{ total: { enrolments: { entered: 1, perEntry: null } } }]);
  });

  it('refuses unknown campaigns and days that end before they begin', async () => {
    expect(await run(['report', 'carts'], start)).toMatchObject({
      code: 1,
      err: expect.stringContaining('Did you mean "cart"?'),
    });
    expect(await run(['report', '--from', '2026-03-03', '--to', '2026-03-02'], start)).toMatchObject({ code: 1 });
  });
});

async function validator() {
  const schema = JSON.parse(await readFile(join(import.meta.dirname, '../../schemas/report.schema.json'), 'utf8'));
  return new Ajv2020({ strict: false, allErrors: true }).compile(schema);
}

/** Writes feedback about the messages that were sent. */
async function hear(): Promise<void> {
  const { db, close } = await openStore(join(root, '.kaskad/store.duckdb'), { who: 'test' });
  const sent = await db.query<{ message: string; at: number }>(
    sql`SELECT message, decided_at AS "at" FROM message WHERE status = 'sent' AND channel = 'email' ORDER BY decided_at, message`,
  );
  await close();
  // Every so many messages.
  const kinds = { delivered: 1, opened: 2, prefetched: 3, clicked: 5, bounced: 11, complained: 13, unsubscribed: 9 };
  await write('feedback.csv', [
    'message,kind,at',
    ...sent.flatMap(({ message, at }, i) =>
      Object.entries(kinds).flatMap(([kind, every], k) =>
        i % every === 0 ? [`${message},${kind},${new Date(at + (k + 1) * 60_000).toISOString()}`] : [],
      ),
    ),
  ]);
}
