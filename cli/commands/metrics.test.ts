import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openStore } from '../../engine/store/open.ts';
import { useLanguage } from '../../spec/words/language.ts';
import { chance } from '../../test/chance.ts';
import { testIo } from '../../test/io.ts';
import { untranslated } from '../../test/untranslated.ts';
import { crm } from '../crm.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const day = 86_400_000;
const now = Date.UTC(2026, 4, 20, 9);
const funnel = ['--funnel', 'visited,order_paid', '--within', '3d'];
let root: string;

const project = (rfm: string) => `
project: { name: shop, timezone: Europe/Moscow, locale: ru, currency: RUB, tick: 1 day }
data:
  customers:
    from: customers.csv
    attributes: { email: email, name: { type: string, pii: true }, source: { type: string } }
  events:
    visited: { from: visits.csv }
    order_paid: { from: orders.csv, fields: { total: money } }
    refund: { from: refunds.csv, fields: { total: money } }
${rfm}  consent: consent.csv
  feedback: feedback.csv
channels:
  email: { transport: file, directory: out, from: Shop <shop@example.com>, price: 0.25 }
segments:
  search: { where: source == "search" }
campaigns:
  thanks:
    on: { event: order_paid }
    reenter: always
    steps: [{ send: { email: thanks } }]
`;
const orders = '  rfm: { event: order_paid, value: total, window: 90 days }\n';

async function run(words: string[], { at = now, width = 100 } = {}) {
  const view = { color: false, width };
  const io = testIo(root, { now: () => at, view, errorView: view });
  const code = await crm(['metrics', ...words], io);
  useLanguage('en');
  return { code, ...io.said };
}

async function write(name: string, rows: string[]): Promise<void> {
  await writeFile(join(root, name), `${rows.join('\n')}\n`);
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-metrics-'));
  await mkdir(join(root, 'templates'));
  const template = '---\nsubject: Thanks\npreheader: Thanks\n---\n<a href="{{unsubscribe_url}}">x</a>';
  await writeFile(join(root, 'templates/thanks.email.hbs'), template);
  await writeFile(join(root, 'crm.yaml'), project(orders));
  const next = chance(5);
  const ids = Array.from({ length: 80 }, (_, i) => `buyer${i}`);
  const at = () => new Date(now + 2 * day - Math.floor(next() * 320 * 24) * 3_600_000).toISOString();
  const many = (most: number) => Array.from({ length: Math.floor(next() ** 2 * (most + 1)) }, at);
  const source = () => ['search', 'ads', ''][Math.floor(next() * 3)];
  await write('customers.csv', [
    'id,email,name,source',
    ...ids.map((id) => `${id},${id}@example.com,Anna ${id},${source()}`),
  ]);
  await write('consent.csv', [
    'customer,channel,status,at',
    ...ids.map((id) => `${id},email,granted,2025-01-01T00:00:00Z`),
  ]);
  const rows = (most: number, more = () => '') =>
    ids.flatMap((id) => many(most).map((one, n) => `${id}-${n},${id},${one}${more()}`));
  // Some have bought often, and not for long.
  const left = ids
    .slice(0, 12)
    .flatMap((id, i) =>
      Array.from(
        { length: 6 },
        (_, n) => `${id}-left-${n},${id},${new Date(now - (300 - i - 5 * n) * day).toISOString()},500`,
      ),
    );
  await write('orders.csv', ['id,customer,at,total', ...rows(6, () => `,${100 + Math.floor(next() * 900)}`), ...left]);
  await write('visits.csv', ['id,customer,at', ...rows(40)]);
  await write('refunds.csv', ['id,customer,at,total']);
  await write('feedback.csv', ['message,kind,at']);
});
afterAll(() => rm(root, { recursive: true }));

describe('crm metrics', () => {
  it('shows the numbers of the data files, in both languages and within the width', async () => {
    for (const width of [80, 120])
      for (const language of ['en', 'ru']) {
        const shown = await run(['--by', 'source', ...funnel, '--lang', language], { width });
        expect(shown.code).toBe(0);
        await expect(shown.out).toMatchFileSnapshot(`../views/golden/metrics.${language}.${width}.txt`);
        for (const line of shown.out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(width);
        const foreign = new Set(['visited', 'order_paid', 'total', 'source', 'search', 'ads', 'shop']);
        const words = shown.out.replaceAll(/[\w/]+/g, (word) => (foreign.has(word) ? '' : word));
        if (language === 'ru') expect(untranslated(words), shown.out).toEqual([]);
      }
  });

  it('is one JSON value that follows its schema, and has nothing of any customer', async () => {
    const schema = JSON.parse(await readFile(join(import.meta.dirname, '../../schemas/metrics.schema.json'), 'utf8'));
    const validate = new Ajv2020({ strict: false, allErrors: true }).compile(schema);
    const whole = await run(['--by', 'source', ...funnel, '--json']);
    const shown = JSON.parse(whole.out);
    validate(shown);
    expect(validate.errors ?? []).toEqual([]);
    expect(validate({ ...shown, format: 0 })).toBe(false);
    expect(whole.out).not.toMatch(/@example|Anna|buyer\d/);
    for (const format of ['csv', 'html'])
      expect((await run(['--by', 'source', '--format', format])).out).not.toMatch(/@example|Anna|buyer\d/);
    const search = JSON.parse((await run(['--segment', 'search', '--json'])).out);
    const { value: _, channels, ...group } = shown.groups.find((one: { value: string }) => one.value === 'search');
    expect(search).toMatchObject({ segment: 'search', total: group, channels });
  });

  it('is a page without scripts, Markdown, and a line for each number', async () => {
    const page = (await run(['--format', 'html', '--by', 'source', ...funnel, '--lang', 'ru'])).out;
    expect(page).toMatch(/^<!doctype html>[\s\S]*<dl class="tiles">/);
    const kinds = [...page.matchAll(/<svg class="([^"]*)"/g)].map(([, kind]) => kind);
    const times = (n: number, kind: string) => Array.from({ length: n }, () => kind);
    expect(kinds.toSorted()).toEqual([
      ...times(4, 'chart'),
      'chart curve',
      ...times(3, 'chart heat'),
      ...times(2, 'chart rows'),
    ]);
    const [, body = ''] = page.split('<body>');
    const said = body
      .replaceAll(/<[^>]*>/g, '\n')
      .replaceAll(/\b(visited|order_paid|total|source|search|ads|shop)\b/g, '');
    expect(untranslated(said)).toEqual([]);
    expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
    const markdown = await run([...funnel, '--format', 'markdown']);
    await expect(markdown.out).toMatchFileSnapshot('../views/golden/metrics.md');
    const lines = (await run(['--format', 'csv'])).out.split('\r\n').map((line) => line.split(','));
    const sum = (part: string, figure: string) =>
      lines.reduce((all, [of, , , name, value]) => (of === part && name === figure ? all + Number(value) : all), 0);
    expect(sum('month', 'orders')).toBe(sum('shop', 'orders'));
    expect(sum('cohort', 'revenue')).toBe(sum('shop', 'revenue'));
  });

  it('writes predictions that a project reads as events, and its segments ask for', async () => {
    const { code, err } = await run(['--predictions', 'predicted/may.jsonl', '--to', '2026-05-20']);
    expect({ code, err: err.replaceAll(/\s+/g, ' ') }).toEqual({
      code: 0,
      err: expect.stringMatching(/(\d+) predictions of customers: predicted\/may.jsonl. It is customers' data/),
    });
    const file = join(root, 'predicted/may.jsonl');
    expect(((await stat(file)).mode & 0o777).toString(8)).toBe('600');
    const lines = (await readFile(file, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const { predicted } = JSON.parse((await run(['--json', '--to', '2026-05-20'])).out);
    const sum = (of: string) => lines.reduce((all, one) => all + one[of], 0);
    expect(lines).toHaveLength(predicted.customers);
    expect(sum('alive')).toBeCloseTo(predicted.alive, 3);
    expect(sum('purchases')).toBeCloseTo(predicted.purchases, 3);
    expect(sum('value')).toBeCloseTo(predicted.revenue, 0);
    await run(['--predictions', 'again.jsonl', '--to', '2026-05-20']);
    expect(await readFile(join(root, 'again.jsonl'), 'utf8')).toBe(await readFile(file, 'utf8'));
    const event = '    predicted: { from: predicted, fields: { alive: number, purchases: number, value: money } }\n';
    const text = project(orders)
      .replace('    refund:', `${event}    refund:`)
      .replace(
        'segments:',
        'segments:\n  leaving: { where: last(predicted.alive) < 0.5 and last(predicted.value) > 100 }',
      );
    await writeFile(join(root, 'crm.yaml'), text);
    const io = testIo(root, { now: () => now });
    expect(await crm(['segment', 'leaving', '--json'], io)).toBe(0);
    const leaving = lines.filter(({ alive, value }) => alive < 0.5 && value > 100).length;
    expect(JSON.parse(io.said.out).size).toBe(leaving);
    expect(leaving).toBeGreaterThan(2);
    await writeFile(join(root, 'crm.yaml'), project(orders));
    const early = await run(['--predictions', 'none.jsonl', '--to', '2025-08-01']);
    expect(early).toMatchObject({ code: 1, err: expect.stringContaining('Too few customers have bought again') });
    expect(existsSync(join(root, 'none.jsonl'))).toBe(false);
  });

  it('counts what was sent, and what that cost, once something runs', async () => {
    const io = (at: number) => testIo(root, { now: () => at });
    expect(await crm(['apply', '--auto-approve'], io(now - 40 * day))).toBe(0);
    for (const ago of [30, 20, 10, 0]) expect(await crm(['tick'], io(now - ago * day))).toBe(0);
    const { db, close } = await openStore(join(root, '.kaskad/store.duckdb'), { who: 'test' });
    const sent = await db.query<{ message: string }>(
      sql`SELECT message FROM message WHERE status = 'sent' ORDER BY message`,
    );
    await close();
    expect(sent.length).toBeGreaterThan(5);
    const { total, channels } = JSON.parse((await run(['--json'])).out);
    expect(channels).toMatchObject([{ channel: 'email', sent: sent.length, cost: sent.length * 0.25, delivered: 0 }]);
    expect(total.cac).toBe((sent.length * 0.25) / total.newCustomers);
    const shown = (await run(['--by', 'source'])).out;
    expect(shown).toContain('CAC has only the prices of messages');
    expect(shown).toContain('Messages by source and channel');
  });

  it('says where there is nothing to count', async () => {
    const early = await run(['--from', '2024-01-01', '--to', '2024-02-01']);
    expect(early).toMatchObject({
      code: 0,
      out: expect.stringContaining('There is no order before the end of this time'),
    });
    const late = await run(['--from', '2027-01-01', '--to', '2027-02-01'], { at: now + 300 * day });
    expect(late.out).toContain('Nobody ordered in this time: choose an earlier --from.');
  });

  it.each([
    [['--segment', 'serch'], 'Did you mean "search"?'],
    [['--by', 'name'], 'The attribute "name" is personal data'],
    [['--by', 'sourse'], 'Customers have no attribute "sourse".'],
    [['--funnel', 'visited,oder_paid'], 'There is no event "oder_paid".'],
    [['--funnel', 'visited'], 'A funnel has at least two kinds of events'],
    [['--within', '3d'], 'Add --funnel with the names of events.'],
    [['--funnel', 'visited,order_paid', '--within', 'soon'], '--within is not a duration: "soon".'],
    [['--from', '2026-03-02', '--to', '2026-03-01'], 'The report would end before it begins.'],
  ])('refuses %j', async (words, message) => {
    expect(await run(words)).toMatchObject({ code: 1, out: '', err: expect.stringContaining(message) });
  });

  it('asks which events are orders, where several may be, and knows it after an apply', async () => {
    await rm(join(root, '.kaskad'), { recursive: true, force: true });
    const file = (rfm: string) =>
      project(rfm)
        .replace('events:', 'events:\n    cart: { from: refunds.csv, fields: { total: money } }')
        .replace('reenter: always', 'reenter: always\n    goal: { event: order_paid, within: 1 day }');
    await writeFile(join(root, 'crm.yaml'), file(''));
    const apply = async (at = now) => {
      const io = testIo(root, { now: () => at });
      expect(await crm(['apply', '--auto-approve'], io), io.said.err).toBe(0);
      return io.said.out;
    };
    await apply();
    const { code, err } = await run([]);
    expect({ code, err: err.replaceAll(/\s+/g, ' ') }).toEqual({
      code: 1,
      err: expect.stringContaining(
        'which events are orders. help: Say it beside the events, data: { rfm: { event: order_paid, value: total } }, and `crm apply`: what runs stays as it is.',
      ),
    });
    await writeFile(join(root, 'crm.yaml'), file(orders));
    const kept = 'What runs stays as it is, deployment 1. The files say more or something else beside it';
    expect((await apply()).replaceAll(/\s+/g, ' ')).toContain(kept);
    expect(await run([])).toMatchObject({ code: 0 });
    expect(await apply(now + 60_000)).toContain('Nothing to do: deployment 1');
  });
});
