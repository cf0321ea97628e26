import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { useLanguage } from '../../spec/words/language.ts';
import { bucket } from '../../test/bucket.ts';
import { testIo } from '../../test/io.ts';
import { untranslated } from '../../test/untranslated.ts';
import { crm } from '../crm.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const start = Date.UTC(2026, 2, 2, 6);
const hour = 3_600_000;
const customers = Array.from({ length: 1_200 }, (_, i) => `c${i}`);
let root: string;

async function run(...words: string[]) {
  const view = { color: false, width: 100 };
  const io = testIo(root, { now: () => start + 48 * hour, view, errorView: view });
  const code = await crm(words, io);
  useLanguage('en');
  return { code, ...io.said };
}

async function at(time: number, ...words: string[]): Promise<void> {
  expect(await crm(words, testIo(root, { now: () => time }))).toBe(0);
}

const project = `
project: { name: shop, timezone: Europe/Moscow, locale: ru, currency: RUB, tick: 1 hour }
data:
  customers: { from: customers.csv, attributes: { email: email } }
  events:
    registered: { from: registered.csv }
    order_paid: { from: orders.csv, fields: { total: money } }
channels: { email: { transport: file, directory: out } }
campaigns:
  hello:
    on: { event: registered }
    goal: { event: order_paid, within: 1 day, value: event.total }
    steps:
      - { send: {  email: hello, variants: { plain: {}, warm: {} }, decide: { when: significant } } } # as written
  coin:
    on: { event: registered }
    goal: { event: order_paid, within: 1 day, value: event.total }
    steps:
      - split:
          decide: # by what they pay
            when: significant
            by: revenue # not by how many
            within: 1 day
            otherwise: b
          arms:
            control: { share: 50% }
            b: { share: 50% }
  open:
    on: { event: registered }
    goal: { event: order_paid, within: 1 day }
    steps:
      - split: { decide: { when: significant }, arms: { control: { share: 50% }, b: { share: 50% } } }
`;
const dsl = `campaign small {
  on event registered
  goal order_paid within 1 day

  if email is not missing {
    # A comment that stays.
    split which decide significant   {
      control 50%
      b 50% { send email hello }
    }
  }
}
`;

/** Drawn as the engine draws: the second half of the buckets. */
const second = (draw: string, id: string) => bucket(`${draw}/${id}`) >= 0.5;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-decide-'));
  await mkdir(join(root, 'templates'));
  const time = (hours: number) => new Date(start + hours * hour).toISOString();
  // Half of those with the warm text buy, and a third of the arm b of small, beside every tenth of all.
  const buys = (id: string, i: number) =>
    i % 10 === 0 || (second('hello/send-1', id) && i % 2 === 1) || (second('small/which', id) && i % 3 === 1);
  const files = {
    'crm.yaml': project,
    'small.crm': dsl,
    'templates/hello.email.hbs': '---\nsubject: Hi\nvariants: { warm: {} }\n---\n<a href="{{unsubscribe_url}}">x</a>',
    'customers.csv': ['id,email', ...customers.map((id) => `${id},${id}@example.com`)].join('\n'),
    'registered.csv': ['id,customer,at', ...customers.map((id) => `r${id},${id},${time(1)}`)].join('\n'),
    'orders.csv': [
      'id,customer,at,total',
      ...customers.flatMap((id, i) => (buys(id, i) ? [`o${id},${id},${time(5)},100`] : [])),
    ].join('\n'),
  };
  for (const [path, text] of Object.entries(files)) await writeFile(join(root, path), text);
  await at(start, 'apply', '--auto-approve');
  for (const hours of [1, 2, 24]) await at(start + hours * hour, 'tick');
});
afterAll(() => rm(root, { recursive: true }));

describe('crm decide', () => {
  it('shows the line by which a winner takes all, and what is not certain yet', async () => {
    const { code, out, err } = await run('decide');
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(out).toMatchInlineSnapshot(`
      "coin.split-1: b takes all: nothing is certain, and the time for it is over.
        crm.yaml:24
                      otherwise: b
        +           winner: b
      hello.send-1: warm takes all: +42.2 points of the customers reach the goal, with 95% confidence
      +33.6 to +50.7.
        crm.yaml:14
        -       - { send: {  email: hello, variants: { plain: {}, warm: {} }, decide: { when: significant } } } # as written
        +       - { send: {  email: hello, variants: { plain: {}, warm: {} }, decide: { when: significant }, winner: warm } } # as written
      open.split-1: not yet: about 99 more days, if the difference stays as it is.
      small.which: b takes all: +23.5 points of the customers reach the goal, with 95% confidence +14.3 to
      +32.6.
        small.crm:7
        -     split which decide significant   {
        +     split which decide significant winner b   {

      Nothing is written yet: \`crm decide --write\` does it.
      "
    `);
    expect(await readFile(join(root, 'crm.yaml'), 'utf8')).toBe(project);
    const shown = (await run('decide', '--lang', 'ru')).out.split('\n');
    const russian = shown.filter((line) => !/^ {2}[-+] /.test(line)).join('\n');
    expect(untranslated(russian), russian).toEqual([]);
  });

  it('writes the winner, and nothing else of the file changes', async () => {
    const shown = JSON.parse((await run('decide', '--json', '--write')).out);
    expect(shown).toMatchObject({ format: 1, type: 'decide', written: true });
    const text = await readFile(join(root, 'crm.yaml'), 'utf8');
    expect(text.split('\n').filter((line) => !project.split('\n').includes(line))).toMatchInlineSnapshot(`
      [
        "      - { send: {  email: hello, variants: { plain: {}, warm: {} }, decide: { when: significant }, winner: warm } } # as written",
        "          winner: b",
      ]
    `);
    expect(await readFile(join(root, 'small.crm'), 'utf8')).toBe(
      dsl.replace('decide significant', 'decide significant winner b'),
    );
    expect((await run('decide')).out).toContain('hello.send-1: decided: warm takes all.');
  });

  it('gives all who come from the apply on the winner', async () => {
    await writeFile(
      join(root, 'registered.csv'),
      `${await readFile(join(root, 'registered.csv'), 'utf8')}\n${customers.map((id) => `n${id},n${id},${new Date(start + 50 * hour).toISOString()}`).join('\n')}\n`,
    );
    await writeFile(
      join(root, 'customers.csv'),
      ['id,email', ...['', 'n'].flatMap((word) => customers.map((id) => `${word}${id},${word}${id}@example.com`))].join(
        '\n',
      ),
    );
    await at(start + 49 * hour, 'apply', '--auto-approve');
    await at(start + 51 * hour, 'tick');
    const view = { color: false, width: 100 };
    const io = testIo(root, { now: () => start + 52 * hour, view });
    await crm(['report', 'hello', '--json'], io);
    const [hello] = JSON.parse(io.said.out).campaigns;
    const rows = hello.rows.messages as { version: string; arm: string }[];
    const arms = [...Map.groupBy(rows, ({ version }) => version).values()].map((mine) =>
      [...new Set(mine.map(({ arm }) => arm))].sort(),
    );
    expect(arms.toSorted((a, b) => b.length - a.length)).toEqual([['plain', 'warm'], ['warm']]);
    expect(hello.experiments).toHaveLength(1);
  });
});
